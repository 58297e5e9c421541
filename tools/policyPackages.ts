import { build } from "esbuild";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

import { packNames } from "../policies/stackPacks";

const repository = path.resolve(__dirname, "..");

/** What a pack asks to be installed beside it; all else that it uses is in its bundle. */
const external = ["@pulumi/policy", "@pulumi/pulumi"];

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
});

/**
 * Writes each policy pack into a folder of its own that needs nothing of the repository: what it shares with
 * other packs is bundled into it, and its package.json names what has to be installed, as pinned here.
 *
 * @param into the folder for these folders, made when it is not there
 * @returns the folders
 */
export async function buildPacks(into: string): Promise<readonly string[]> {
  const ours = await readPackage(repository);
  return Promise.all(
    packNames.map(async (name) => {
      const source = path.join(repository, "policies", name);
      const folder = path.resolve(into, name);
      await mkdir(folder, { recursive: true });
      await build({
        entryPoints: [path.join(source, "main.ts")],
        bundle: true,
        external,
        format: "cjs",
        outfile: path.join(folder, "index.js"),
        platform: "node",
        target: "node20",
      });
      await copyFile(path.join(source, "PulumiPolicy.yaml"), path.join(folder, "PulumiPolicy.yaml"));
      const { version, description } = await readPackage(source);
      const dependencies = Object.fromEntries(external.map((each) => [each, ours.dependencies?.[each]]));
      const manifest = { name, version, description, license: ours.license, main: "index.js", dependencies };
      await writeFile(path.join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
      return folder;
    }),
  );
}

async function readPackage(folder: string) {
  return packageSchema.parse(JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")));
}
