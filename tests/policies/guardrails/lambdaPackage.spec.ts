import { asset } from "@pulumi/pulumi";
import { expect } from "chai";
import { zipSync } from "fflate";
import { execFileSync } from "node:child_process";
import { mkdtemp, mkdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

import { lambdaPackage } from "../../../policies/guardrails/rules/lambdaPackage";
import { expectViolation } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";
import { judge, passed } from "../support/judge";

const oneMiB = 1_048_576;
const limit = { maximumUnzippedMiB: 1 };

const launcher = fixture("aws:lambda/function:Function", "launcher", {
  code: new asset.AssetArchive({ "index.js": new asset.StringAsset("x".repeat(oneMiB)) }),
});

describe("lambda-package", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lambda-package-"));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  it("passes a package of exactly the limit", async () => {
    expect(await judge(lambdaPackage, launcher, limit)).to.deep.equal(passed);
  });

  it("refuses strings over the limit, counted in bytes", async () => {
    const changed = spoil(launcher, {
      code: new asset.AssetArchive({
        "a.js": new asset.StringAsset("x".repeat(oneMiB)),
        "b.js": new asset.StringAsset("é".repeat(oneMiB / 4)),
      }),
    });
    expectViolation(await judge(lambdaPackage, changed, limit), {
      of: changed,
      at: "code",
      value: "1.5 MiB unzipped",
      allowed: "at most 1 MiB unzipped",
    });
  });

  it("refuses 250 MiB and a byte by default", async () => {
    const path = join(folder, "large.bin");
    await writeFile(path, "");
    // A sparse file: large to measure, small to store.
    await truncate(path, 250 * oneMiB);
    const full = spoil(launcher, { code: new asset.AssetArchive({ x: new asset.FileAsset(path) }) });
    expect(await judge(lambdaPackage, full)).to.deep.equal(passed);
    await truncate(path, 250 * oneMiB + 1);
    expectViolation(await judge(lambdaPackage, full), {
      of: full,
      at: "code",
      value: "250.0 MiB unzipped",
      allowed: "at most 250 MiB unzipped",
    });
  });

  it("measures a folder with its subfolders", async () => {
    const root = join(folder, "folder");
    await mkdir(join(root, "node_modules", "library"), { recursive: true });
    await writeFile(join(root, "index.js"), "x");
    await writeFile(join(root, "node_modules", "library", "index.js"), "x".repeat(oneMiB));
    const changed = spoil(launcher, { code: new asset.FileArchive(root) });
    expect((await judge(lambdaPackage, changed, limit)).violations).to.have.length(1);
    const nested = spoil(launcher, { code: new asset.AssetArchive({ lib: new asset.FileArchive(root) }) });
    expect((await judge(lambdaPackage, nested, limit)).violations).to.have.length(1);
  });

  it("measures the unzipped size of a .zip", async () => {
    const path = join(folder, "package.zip");
    await writeFile(path, zipSync({ "index.js": new Uint8Array(oneMiB), "b.js": new Uint8Array(1) }));
    const changed = spoil(launcher, { code: new asset.FileArchive(path) });
    expect((await judge(lambdaPackage, changed, limit)).violations).to.have.length(1);
  });

  it("measures the files to which a folder links, as Pulumi packs them", async () => {
    const root = join(folder, "links");
    const elsewhere = join(folder, "elsewhere");
    await mkdir(join(root, ".pulumi"), { recursive: true });
    await mkdir(elsewhere);
    await writeFile(join(root, ".pulumi", "state.json"), "x".repeat(oneMiB + 1));
    await writeFile(join(elsewhere, "large.bin"), "x".repeat(oneMiB + 1));
    await symlink(elsewhere, join(root, "folder"));
    const changed = spoil(launcher, { code: new asset.FileArchive(root) });
    expect(await judge(lambdaPackage, changed, limit)).to.deep.equal(passed);
    await symlink(join(elsewhere, "large.bin"), join(root, "large.bin"));
    expect((await judge(lambdaPackage, changed, limit)).violations).to.have.length(1);
  });

  it("counts a zip file that is an asset by its own size", async () => {
    const path = join(folder, "asset.zip");
    await writeFile(path, zipSync({ "index.js": new Uint8Array(2 * oneMiB) }));
    const changed = spoil(launcher, { code: new asset.AssetArchive({ "a.zip": new asset.FileAsset(path) }) });
    expect(await judge(lambdaPackage, changed, limit)).to.deep.equal(passed);
  });

  const formats = [
    ["package.tar", ["-cf"]],
    ["package.tar.gz", ["-czf"]],
    ["package.tgz", ["--format=pax", "-czf"]],
  ] as const;
  for (const [name, options] of formats) {
    it(`measures the unpacked size of a .${name.slice("package.".length)}`, async () => {
      const root = join(folder, `content-of-${name}`);
      await mkdir(join(root, "a-name-of-more-than-a-hundred-characters".repeat(3)), { recursive: true });
      await writeFile(join(root, "index.js"), "x");
      await writeFile(
        join(root, "a-name-of-more-than-a-hundred-characters".repeat(3), "b"),
        "x".repeat(oneMiB),
      );
      const path = join(folder, name);
      execFileSync("tar", [...options, path, "-C", root, "."]);
      const changed = spoil(launcher, { code: new asset.FileArchive(path) });
      expect((await judge(lambdaPackage, changed, limit)).violations).to.have.length(1);
      await writeFile(join(root, "index.js"), "");
      execFileSync("tar", [...options, path, "-C", root, "."]);
      expect(await judge(lambdaPackage, changed, limit)).to.deep.equal(passed);
    });
  }

  it("measures a zip file by its content, whatever its name", async () => {
    const path = join(folder, "package.jar");
    await writeFile(path, zipSync({ "index.js": new Uint8Array(oneMiB + 1) }));
    const changed = spoil(launcher, { code: new asset.FileArchive(path) });
    expect((await judge(lambdaPackage, changed, limit)).violations).to.have.length(1);
  });

  it("measures layers, too", async () => {
    const layer = fixture("aws:lambda/layerVersion:LayerVersion", "layer", {
      code: new asset.AssetArchive({ x: new asset.StringAsset("x".repeat(oneMiB + 1)) }),
    });
    expect((await judge(lambdaPackage, layer, limit)).violations).to.have.length(1);
  });

  it("measures a relative path from the program's folder, and does not judge one that it does not find", async () => {
    const here = spoil(launcher, { code: new asset.FileArchive(relative(process.cwd(), folder)) });
    expect((await judge(lambdaPackage, here, limit)).violations).to.have.length(1);
    const missing = new asset.FileArchive("./no-such-folder");
    expect(await judge(lambdaPackage, spoil(launcher, { code: missing }), limit)).to.deep.equal(passed);
    const among = new asset.AssetArchive({ lib: missing, x: new asset.StringAsset("x".repeat(oneMiB + 1)) });
    expect((await judge(lambdaPackage, spoil(launcher, { code: among }), limit)).violations).to.have.length(
      1,
    );
  });

  const unmeasurable = [
    ["a remote archive", new asset.RemoteArchive("https://example.com/a.zip"), "a remote archive or asset"],
    [
      "an archive with a remote asset in it",
      new asset.AssetArchive({ "a.js": new asset.RemoteAsset("https://example.com/a.js") }),
      "a remote archive or asset",
    ],
  ] as const;
  for (const [what, code, value] of unmeasurable) {
    it(`refuses ${what}, which it cannot measure`, async () => {
      const changed = spoil(launcher, { code });
      expectViolation(await judge(lambdaPackage, changed), {
        of: changed,
        at: "code",
        value,
        allowed: "a package that the rule can measure",
      });
    });
  }

  it("refuses a package in S3, which it cannot measure", async () => {
    const changed = spoil(launcher, { code: undefined, s3Bucket: "releases", s3Key: "a.zip" });
    expectViolation(await judge(lambdaPackage, changed), {
      of: changed,
      at: "code",
      value: "in S3 (releases)",
      allowed: "a package that the rule can measure",
    });
  });

  it("does not judge container images", async () => {
    const image = spoil(launcher, { code: undefined, packageType: "Image", imageUri: "registry/image:1" });
    expect(await judge(lambdaPackage, image)).to.deep.equal(passed);
  });
});
