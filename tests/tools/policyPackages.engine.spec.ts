import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

import { buildPacks } from "../../tools/policyPackages";

const modules = path.resolve(__dirname, "../../node_modules");
const manifest = z.object({ dependencies: z.record(z.string(), z.string()) });

describe("the policy packs for publishing, built", function () {
  this.timeout(60_000);

  let into: string;
  let folders: readonly string[];

  before(async () => {
    // Outside of the repository, so that Node finds none of its modules.
    into = await mkdtemp(path.join(tmpdir(), "packs-"));
    folders = await buildPacks(into);
  });
  after(async () => {
    await rm(into, { recursive: true });
  });

  it("are served by Pulumi's own command, with only their own dependencies", async () => {
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

  /** Installs the pack's dependencies into its node_modules, as `npm install` does. */
  async function installed(folder: string): Promise<void> {
    for (const name of await dependenciesOf(folder)) {
      await mkdir(path.join(folder, "node_modules", path.dirname(name)), { recursive: true });
      await symlink(path.join(modules, name), path.join(folder, "node_modules", name));
    }
  }
});

async function dependenciesOf(folder: string): Promise<readonly string[]> {
  const text = await readFile(path.join(folder, "package.json"), "utf8");
  return Object.keys(manifest.parse(JSON.parse(text)).dependencies);
}
