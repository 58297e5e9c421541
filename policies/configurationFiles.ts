import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { configurationProblems, isDisabled } from "./configuration";
import { defaultConfigFolder } from "./holding";
import type { HeldPack } from "./report/results";
import { packsOf } from "./stacks";

/** The stacks' own thresholds, read and checked. */
export interface Configurations {
  /** All that is wrong with them, each with its file. */
  readonly problems: readonly string[];
  /** The packs that hold a stack, and what its configuration switches off. */
  readonly packsOf: (stackName: string) => readonly HeldPack[];
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
  const read = new Map<string, unknown>();
  const problems: string[] = [];
  for (const { pack, configFile } of held) {
    if (configFile === undefined) continue;
    const parsed = parse(await readFile(configFile, "utf8"));
    const wrong = "problem" in parsed ? [parsed.problem] : configurationProblems(pack, parsed.value);
    problems.push(...wrong.map((problem) => `${configFile}: ${problem}`));
    if ("value" in parsed) read.set(configFile, parsed.value);
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
      packsOf(stackName, configFolder).map(({ pack, configFile }) => ({
        pack,
        isDisabled: (rule) => configFile !== undefined && isDisabled(read.get(configFile), rule),
      })),
  };
}

function parse(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: `no JSON: ${error.message}` };
    throw error;
  }
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
