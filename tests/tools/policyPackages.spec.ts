import { expect } from "chai";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";

import { packs } from "../../policies/packs";
import { packReadme } from "../../tools/policyPackageReadme";
import { buildPacks, type BuiltPack } from "../../tools/policyPackages";

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  main: z.string(),
  files: z.array(z.string()),
  dependencies: z.record(z.string(), z.string()),
});

describe("the packages of the policy packs", () => {
  let into: string;
  let built: readonly BuiltPack[];

  before(async () => {
    // Outside the repository, so that its node_modules are not found.
    into = await mkdtemp(path.join(tmpdir(), "packs-"));
    built = await buildPacks(into);
  });
  after(async () => {
    await rm(into, { recursive: true });
  });

  it("are folders with every file that Pulumi and npm require", async () => {
    expect(built.map(({ folder }) => folder)).to.deep.equal(packs.map(({ name }) => path.join(into, name)));
    for (const { folder, packageName } of built) {
      expect(await readFile(path.join(folder, "PulumiPolicy.yaml"), "utf8")).to.contain("main: index.js");
      const { name, version, main, files } = await manifestOf(folder);
      expect([name, main]).to.deep.equal([packageName, "index.js"]);
      expect(files).to.deep.equal(["index.js", "PulumiPolicy.yaml"]);
      expect(version).to.match(/^\d+\.\d+\.\d+$/);
    }
  });

  it("have the repository's exceptions and levels as a configuration", async () => {
    expect(built.map(({ configFile }) => configFile)).to.deep.equal(
      packs.map(({ name }) => path.join(into, `${name}.config.json`)),
    );
    // The repository has none now.
    for (const { configFile } of built) expect(await readFile(configFile, "utf8")).to.equal("{}\n");
  });

  it("import only Node's modules and the dependencies in their package.json, in any compatible version", async () => {
    for (const { folder } of built) {
      const code = await readFile(path.join(folder, "index.js"), "utf8");
      const needed = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, module = ""]) => module);
      const foreign = needed.filter((module) => !builtinModules.includes(module.replace("node:", "")));
      expect(foreign).to.include("@pulumi/policy");
      const { dependencies } = await manifestOf(folder);
      expect(Object.keys(dependencies)).to.include.members(foreign);
      for (const range of Object.values(dependencies)) expect(range).to.match(/^\^\d+\.\d+\.\d+$/);
    }
  });

  it("have a README with the command, every rule and an example of a configuration", () => {
    for (const pack of packs) {
      const text = packReadme(pack, "the-package");
      expect(text).to.contain("pulumi preview --policy-pack node_modules/the-package\n```");
      for (const rule of pack.rules) expect(text).to.contain(`| \`${rule.name}\` | ${rule.severity} |`);
      const [, example = ""] = /```json\n(.*?)\n```/s.exec(text) ?? [];
      expect(Object.keys(z.record(z.string(), z.unknown()).parse(JSON.parse(example))).length).to.be.within(
        1,
        2,
      );
    }
  });
});

async function manifestOf(folder: string) {
  return manifest.parse(JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")));
}
