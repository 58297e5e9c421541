import { expect } from "chai";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { keep } from "../../nodeHooks/keep.cjs";

describe("a file that only saves time", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "keep-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("is written whole, over an older one, in folders made for it", async () => {
    const file = path.join(folder, "a", "b", "file");
    keep(file, "first");
    keep(file, Buffer.from("second"));
    expect(await readFile(file, "utf8")).to.equal("second");
    expect(await readdir(path.dirname(file))).to.deep.equal(["file"]);
  });

  it("is done without where nothing may be written", () => {
    expect(() => {
      keep("/sys/kept/file", "");
    }).not.to.throw();
  });

  it("is not given up quietly for another reason", async () => {
    await writeFile(path.join(folder, "file"), "");
    expect(() => {
      keep(path.join(folder, "file", "below"), "");
    }).to.throw("EEXIST");
  });
});
