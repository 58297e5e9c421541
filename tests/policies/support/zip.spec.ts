import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sizeInTar } from "../../../policies/support/packages/tar";
import { sizeInZip } from "../../../policies/support/packages/zip";

const fiveGiB = 5 * 1_024 ** 3;

describe("the size in an archive", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "archives-"));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  /** Python's zip files have the 64-bit fields that large ones need. */
  const python = (...lines: readonly string[]) =>
    execFileSync("python3", ["-c", ["import zipfile", ...lines].join("\n")], { cwd: folder });

  it("is that of all members of a zip file, with a comment and 64-bit fields", async () => {
    python(
      "z = zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED)",
      "z.comment = b'c' * 65535",
      "z.writestr('a', b'x' * 1000)",
      "with z.open('b', 'w', force_zip64=True) as f: f.write(b'y' * 234)",
      "z.close()",
    );
    expect(await sizeInZip(join(folder, "a.zip"))).to.equal(1_234);
  });

  it("may be more than 4 GiB", async () => {
    python(
      "import struct",
      "z = zipfile.ZipFile('large.zip', 'w')",
      "z.writestr('a', b'')",
      `z.filelist[0].file_size = ${String(fiveGiB)}`,
      "z.close()",
    );
    expect(await sizeInZip(join(folder, "large.zip"))).to.equal(fiveGiB);
  });

  it("is 0 for an empty zip file", async () => {
    python("zipfile.ZipFile('empty.zip', 'w').close()");
    expect(await sizeInZip(join(folder, "empty.zip"))).to.equal(0);
  });

  it("is not known for a cut zip file", async () => {
    await writeFile(join(folder, "cut.zip"), "PK\u0003\u0004");
    const failure: unknown = await sizeInZip(join(folder, "cut.zip")).catch((error: unknown) => error);
    expect(String(failure)).to.match(/cut\.zip is not a complete zip file/);
  });

  it("is that of a file which is no tar file", async () => {
    await writeFile(join(folder, "plain"), "x".repeat(1_000));
    await truncate(join(folder, "plain"), 3_000);
    expect(await sizeInTar(join(folder, "plain"), false)).to.equal(3_000);
  });
});
