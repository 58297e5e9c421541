import { existsSync } from "node:fs";
import { join, relative } from "node:path";

/** The packs' names, which are their folders' names, in the order in which reports list them. */
export const packNames = ["guardrails", "production", "learner-lab"] as const;

export type PackName = (typeof packNames)[number];

/** The folder with the stacks' thresholds. */
export const defaultConfigFolder = join(__dirname, "config");

/** A pack that applies to a stack. */
export interface StackPack {
  readonly name: PackName;
  /** The argument of `--policy-pack`. */
  readonly folder: string;
  /** The argument of `--policy-pack-config`; undefined if the stack uses the defaults. */
  readonly configFile: string | undefined;
}

/**
 * The packs that apply to a stack: `guardrails` to every stack, `production` to `prod` and `prod-NAME`, `learner-lab` to
 * `lab` and `lab-NAME`. A stack's thresholds are in `config/<stack>.<pack>.json`.
 *
 * This module loads no rule, so that a program that only starts the packs stays fast.
 *
 * @param configFolder the folder with these files
 */
export function packsForStack(stackName: string, configFolder = defaultConfigFolder): readonly StackPack[] {
  return packNames
    .filter((name) => appliesTo(name, stackName))
    .map((name) => {
      const configFile = join(configFolder, `${stackName}.${name}.json`);
      return {
        name,
        folder: join(__dirname, name),
        configFile: existsSync(configFile) ? configFile : undefined,
      };
    });
}

/**
 * The options with which Pulumi's CLI applies a stack's packs: `--policy-pack FOLDER`, and their thresholds.
 *
 * @param from the folder that the CLI runs in: paths are relative to it, so that a space in the path of the repository
 *   does not reach the shell
 */
export function policyFlags(stackName: string, from: string, configFolder?: string): readonly string[] {
  const packs = packsForStack(stackName, configFolder);
  // The CLI takes a configuration for every pack, which may be empty, or for none.
  const configured = packs.some(({ configFile }) => configFile !== undefined);
  return packs.flatMap(({ folder, configFile }) => [
    `--policy-pack=${relative(from, folder)}`,
    ...(configured
      ? [`--policy-pack-config=${configFile === undefined ? "" : relative(from, configFile)}`]
      : []),
  ]);
}

function appliesTo(pack: PackName, stackName: string): boolean {
  switch (pack) {
    case "guardrails":
      return true;
    case "production":
      return stackName === "prod" || stackName.startsWith("prod-");
    case "learner-lab":
      return stackName === "lab" || stackName.startsWith("lab-");
  }
}
