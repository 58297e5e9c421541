import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

import { packNames } from "../../policies/holding";
import { buildPacks } from "../../tools/policyPackages";

const modules = path.resolve(__dirname, "../../node_modules");
const manifest = z.object({
  name: z.string(),
  version: z.string(),
  main: z.string(),
  dependencies: z.record(z.string(), z.string()),
});

describe("the policy packs for publishing", function () {
  this.timeout(60_000);

  let into: string;
  let folders: readonly string[];

  before(async () => {
    // Outside of the repository, so that nothing of it is found by chance.
    into = await mkdtemp(path.join(tmpdir(), "packs-"));
    folders = await buildPacks(into);
  });
  after(async () => {
    await rm(into, { recursive: true });
  });

  it("are folders with all that Pulumi asks of one", async () => {
    expect(folders).to.deep.equal(packNames.map((name) => path.join(into, name)));
    for (const folder of folders) {
      expect(await readFile(path.join(folder, "PulumiPolicy.yaml"), "utf8")).to.contain("main: index.js");
      const { name, version, main } = await manifestOf(folder);
      expect([name, main]).to.deep.equal([path.basename(folder), "index.js"]);
      expect(version).to.match(/^\d+\.\d+\.\d+$/);
    }
  });

  it("need nothing but Node's own modules and what their package.json names", async () => {
    for (const folder of folders) {
      const code = await readFile(path.join(folder, "index.js"), "utf8");
      const needed = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, module = ""]) => module);
      const foreign = needed.filter((module) => !builtinModules.includes(module.replace("node:", "")));
      expect(foreign).to.include("@pulumi/policy");
      expect(Object.keys((await manifestOf(folder)).dependencies)).to.include.members(foreign);
    }
  });

  it("are served as Pulumi serves one, with only those installed", async () => {
    for (const folder of folders) {
      await installed(folder);
      const server = spawn(
        process.execPath,
        [path.join(modules, "@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:1", "."],
        { cwd: folder, stdio: ["ignore", "pipe", "inherit"] },
      );
      const lines: unknown[] = await once(createInterface({ input: server.stdout }), "line");
      server.kill();
      await once(server, "close");
      expect(Number(lines[0]), folder).to.be.greaterThan(1_023);
    }
  });

  /** Puts what the pack names in its node_modules, as `npm install` would. */
  async function installed(folder: string): Promise<void> {
    for (const name of Object.keys((await manifestOf(folder)).dependencies)) {
      await mkdir(path.join(folder, "node_modules", path.dirname(name)), { recursive: true });
      await symlink(path.join(modules, name), path.join(folder, "node_modules", name));
    }
  }
});

async function manifestOf(folder: string) {
  return manifest.parse(JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")));
}
