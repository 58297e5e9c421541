import { build } from "esbuild";
import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

import { configOf } from "../policies/configuration/packConfig";
import { defaultExceptionsFile, readExceptions } from "../policies/exceptions/file";
import { defaultLevelsFile, readLevels } from "../policies/levels/file";
import { packs } from "../policies/packs";
import type { Pack } from "../policies/support/pack";
import { packReadme } from "./policyPackageReadme";

const repository = path.resolve(__dirname, "..");

/** The dependencies of a built pack; its bundle contains everything else. */
const external = ["@pulumi/policy", "@pulumi/pulumi"];

const packageSchema = z.object({
  license: z.string(),
  dependencies: z.record(z.string(), z.string()),
});

/** A built pack. */
export interface BuiltPack {
  /** Its name on npm. */
  readonly packageName: string;
  readonly folder: string;
  /** The repository's exceptions and levels, for `pulumi policy enable --config`. */
  readonly configFile: string;
}

/**
 * Writes each policy pack into a folder that does not need the repository: its bundle contains the code that packs share.
 * A project can install the folder as a package, and a policy server can publish it.
 *
 * The dependencies are ranges, so that a project keeps its own versions of Pulumi's packages.
 *
 * @param into the parent folder, created if it is missing
 */
export async function buildPacks(into: string): Promise<readonly BuiltPack[]> {
  const { license, dependencies } = packageSchema.parse(
    JSON.parse(await readFile(path.join(repository, "package.json"), "utf8")),
  );
  return Promise.all(
    packs.map(async (pack) => {
      const source = path.join(repository, "policies", pack.name);
      const folder = path.resolve(into, pack.name);
      const packageName = `wordpress-on-aws-${pack.name}`;
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
      await copyFile(path.join(repository, "LICENSE"), path.join(folder, "LICENSE"));
      const manifest = {
        name: packageName,
        version: await versionOf(source),
        description: pack.description,
        license,
        keywords: ["pulumi", "policy", "crossguard", "aws"],
        main: "index.js",
        files: ["index.js", "PulumiPolicy.yaml"],
        dependencies: Object.fromEntries(external.map((name) => [name, `^${dependencies[name] ?? ""}`])),
      };
      await writeFile(path.join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
      await writeFile(path.join(folder, "README.md"), packReadme(pack, packageName));
      const configFile = `${folder}.config.json`;
      await writeFile(configFile, `${JSON.stringify(repositoryConfigOf(pack), undefined, 2)}\n`);
      return { packageName, folder, configFile };
    }),
  );
}

/**
 * The repository's exceptions and levels, as a pack's configuration.
 *
 * @throws Error with all that is wrong with the files
 */
function repositoryConfigOf(pack: Pack) {
  const names = { packs, areAllPacks: true };
  const { problems, ...exceptions } = readExceptions(defaultExceptionsFile, names);
  const { problems: wrongLevels, levels } = readLevels(defaultLevelsFile, names);
  const wrong = [...problems, ...wrongLevels];
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  return configOf(pack, { exceptions, levels });
}

/**
 * Writes the package of a built pack beside its folder, as `npm pack` does.
 *
 * @returns the file, which `npm install FILE` takes
 */
export async function packageFile({ folder }: BuiltPack): Promise<string> {
  const into = path.dirname(folder);
  const { stdout } = await promisify(execFile)("npm", ["pack", "--json", "--pack-destination", into, folder]);
  const [{ filename }] = z.tuple([z.object({ filename: z.string() })]).parse(JSON.parse(stdout));
  return path.join(into, filename);
}

async function versionOf(folder: string): Promise<string> {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")));
  return version;
}
