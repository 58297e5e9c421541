import { expect } from "chai";
import { build } from "esbuild";
import { cp, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { bundleHandler, bundleOptions, repository } from "../../../components/scheduledLauncher/bundle";

describe("the function's package", () => {
  let bundle = "";

  before(async () => {
    bundle = await bundleHandler();
  });

  it("exceeds neither 2 MB nor, compressed, 500 kB", () => {
    expect(Buffer.byteLength(bundle)).to.be.at.most(2_000_000);
    expect(gzipSync(bundle).byteLength).to.be.at.most(500_000);
  });

  it("exports its handler and requires nothing but Node's own modules", () => {
    expect(bundle).to.match(/handler: ?\(\) ?=> ?\w+/);
    const required = [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? "");
    // The SDK loads it only for requests to several regions at once.
    const optional = "@aws-sdk/signature-v4-crt";
    expect(required.filter((name) => !isBuiltin(name) && name !== optional)).to.deep.equal([]);
  });

  it("contains no Pulumi, no folder but lambda, and no package twice", async () => {
    const { metafile } = await build({
      ...bundleOptions,
      absWorkingDir: repository,
      entryPoints: [path.join(repository, "lambda", "handler.ts")],
      metafile: true,
    });
    const files = Object.keys(metafile.inputs);
    const own = files.filter((file) => !file.startsWith("node_modules/"));
    expect(own.filter((file) => !file.startsWith("lambda/"))).to.deep.equal([]);
    const packages = new Map<string, Set<string>>();
    for (const file of files) {
      const [, folder = "", name = ""] = /^(.*node_modules\/(@[^/]+\/[^/]+|[^/]+))\//.exec(file) ?? [];
      if (name !== "") packages.set(name, (packages.get(name) ?? new Set()).add(folder));
    }
    expect([...packages.keys()]).to.include("@aws-sdk/client-ec2");
    expect([...packages.keys()].filter((name) => name.includes("pulumi"))).to.deep.equal([]);
    expect([...packages].filter(([, folders]) => folders.size > 1)).to.deep.equal([]);
    expect(files.filter((file) => /\/dist-cjs\/|\/typescript\//.test(file))).to.deep.equal([]);
  });

  it("has the same bytes in another folder, so that a deployment from there changes nothing", async () => {
    const root = await realpath(await mkdtemp(path.join(tmpdir(), "another folder-")));
    const workingDirectory = process.cwd();
    try {
      await cp(path.join(repository, "lambda"), path.join(root, "lambda"), { recursive: true });
      await cp(path.join(repository, "tsconfig.json"), path.join(root, "tsconfig.json"));
      await symlink(path.join(repository, "node_modules"), path.join(root, "node_modules"));
      process.chdir(root);
      expect(await bundleHandler(root)).to.equal(bundle);
    } finally {
      process.chdir(workingDirectory);
      await rm(root, { recursive: true });
    }
  });

  it("contains no path of a source file", () => {
    expect(bundle).not.to.contain(repository);
    expect(bundle).not.to.contain("node_modules/");
  });
});
