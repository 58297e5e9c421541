import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { packsOf } from "../packs";
import type { EnforcedPack } from "../report/results";
import { defaultConfigFolder } from "../stackPacks";
import { readConfiguration } from "./file";
import { isDisabled, type Configuration } from "./schema";

/** The stacks' own thresholds, read and checked. */
export interface Configurations {
  /** All that is wrong with them, each with its file. */
  readonly problems: readonly string[];
  /** The packs that hold a stack, and what its configuration switches off. */
  readonly packsOf: (stackName: string) => readonly EnforcedPack[];
}

/**
 * Reads every `<stack>.<pack>.json`. A file that no stack and pack read is a problem too: whoever wrote it
 * believes that it holds.
 */
export async function readConfigurations(
  stackNames: readonly string[],
  configFolder = defaultConfigFolder,
): Promise<Configurations> {
  const held = stackNames.flatMap((stackName) => packsOf(stackName, configFolder));
  const configurations = new Map<string, Configuration>();
  const problems: string[] = [];
  for (const { pack, configFile } of held) {
    if (configFile === undefined) continue;
    const read = await readConfiguration(pack, configFile);
    if ("problems" in read) problems.push(...read.problems);
    else configurations.set(configFile, read.configuration);
  }
  const strays = (await filesIn(configFolder)).filter(
    (file) => !held.some(({ configFile }) => configFile === file),
  );
  problems.push(
    ...strays.map(
      (file) => `${file}: no stack of the repository has such a pack; files are <stack>.<pack>.json`,
    ),
  );
  return {
    problems,
    packsOf: (stackName) =>
      packsOf(stackName, configFolder).map(({ pack, configFile = "" }) => ({
        pack,
        isDisabled: (rule) => isDisabled(configurations.get(configFile) ?? {}, rule),
      })),
  };
}

/** Nothing where there is no such folder: no stack has thresholds of its own then. */
async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).map((name) => join(folder, name));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
