import { expect } from "chai";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";

import { packNames } from "../../policies/stackPacks";
import { buildPacks } from "../../tools/policyPackages";

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  main: z.string(),
  dependencies: z.record(z.string(), z.string()),
});

describe("the policy packs for publishing", () => {
  let into: string;
  let folders: readonly string[];

  before(async () => {
    // Outside the repository, so that its node_modules are not found.
    into = await mkdtemp(path.join(tmpdir(), "packs-"));
    folders = await buildPacks(into);
  });
  after(async () => {
    await rm(into, { recursive: true });
  });

  it("are folders with every file that Pulumi requires", async () => {
    expect(folders).to.deep.equal(packNames.map((name) => path.join(into, name)));
    for (const folder of folders) {
      expect(await readFile(path.join(folder, "PulumiPolicy.yaml"), "utf8")).to.contain("main: index.js");
      const { name, version, main } = await manifestOf(folder);
      expect([name, main]).to.deep.equal([path.basename(folder), "index.js"]);
      expect(version).to.match(/^\d+\.\d+\.\d+$/);
    }
  });

  it("import only Node's modules and the dependencies in their package.json", async () => {
    for (const folder of folders) {
      const code = await readFile(path.join(folder, "index.js"), "utf8");
      const needed = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, module = ""]) => module);
      const foreign = needed.filter((module) => !builtinModules.includes(module.replace("node:", "")));
      expect(foreign).to.include("@pulumi/policy");
      expect(Object.keys((await manifestOf(folder)).dependencies)).to.include.members(foreign);
    }
  });
});

async function manifestOf(folder: string) {
  return manifest.parse(JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")));
}
