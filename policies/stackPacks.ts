import { existsSync } from "node:fs";
import { join } from "node:path";

/** Every pack's name, which is its folder's, in the order in which they are shown. */
export const packNames = ["guardrails", "production", "learner-lab"] as const;

export type PackName = (typeof packNames)[number];

/** Where the stacks' own thresholds are. */
export const defaultConfigFolder = join(__dirname, "config");

/** A pack as a stack is held by it. */
export interface StackPack {
  readonly name: PackName;
  /** What `--policy-pack` takes. */
  readonly folder: string;
  /** What `--policy-pack-config` takes; our numbers alone where there is none. */
  readonly configFile: string | undefined;
}

/**
 * Which packs hold a stack: the guardrails every one, production's `prod` and `prod-NAME`, the lab's `lab` and those of
 * students (`lab-NAME`). Other thresholds of a stack stand in `config/<stack>.<pack>.json`.
 *
 * @param configFolder where those files are
 *
 * Loads no rule, so that whoever only starts the packs need not.
 */
export function packsForStack(stackName: string, configFolder = defaultConfigFolder): readonly StackPack[] {
  return packNames
    .filter((name) => holds(name, stackName))
    .map((name) => {
      const configFile = join(configFolder, `${stackName}.${name}.json`);
      return {
        name,
        folder: join(__dirname, name),
        configFile: existsSync(configFile) ? configFile : undefined,
      };
    });
}

/** The words that make Pulumi's CLI hold a stack by its packs: `--policy-pack FOLDER`, and their settings. */
export function policyFlags(stackName: string, configFolder?: string): readonly string[] {
  const packs = packsForStack(stackName, configFolder);
  // Settings go with packs one by one, empty for none, or not at all.
  const configured = packs.some(({ configFile }) => configFile !== undefined);
  return packs.flatMap(({ folder, configFile = "" }) => [
    `--policy-pack=${folder}`,
    ...(configured ? [`--policy-pack-config=${configFile}`] : []),
  ]);
}

function holds(pack: PackName, stackName: string): boolean {
  switch (pack) {
    case "guardrails":
      return true;
    case "production":
      return stackName === "prod" || stackName.startsWith("prod-");
    case "learner-lab":
      return stackName === "lab" || stackName.startsWith("lab-");
  }
}
