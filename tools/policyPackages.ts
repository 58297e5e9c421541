import { build } from "esbuild";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

import { packNames } from "../policies/stackPacks";

const repository = path.resolve(__dirname, "..");

/** The dependencies of a built pack; its bundle contains everything else. */
const external = ["@pulumi/policy", "@pulumi/pulumi"];

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
});

/**
 * Writes each policy pack into a folder that does not need the repository: its bundle contains the code that packs share,
 * and its package.json has the dependencies, with the versions that are pinned here.
 *
 * @param into the parent folder, created if it is missing
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
