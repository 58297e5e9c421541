import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { today } from "../exceptions/day";
import { levelOf, levelText, type Level } from "../levels/level";
import { packsOf } from "../packs";
import type { EnforcedPack } from "../report/results";
import { defaultConfigFolder } from "../stackPacks";
import type { Pack } from "../support/pack";
import { qualifiedName } from "../support/qualifiedName";
import type { Rule } from "../support/rule";
import { suggestion } from "../support/suggestion";
import { readConfiguration } from "./file";
import { isDisabled, levelIn, type Configuration } from "./schema";

/** The thresholds of several stacks, read and checked. */
export interface Configurations {
  /** All problems, each with its file. */
  readonly problems: readonly string[];
  /** The packs that apply to a stack, and the rules that its configuration disables. */
  readonly packsOf: (stackName: string) => readonly EnforcedPack[];
}

/**
 * Reads every `<stack>.<pack>.json`. A file that no stack uses is a problem too: its author expects it to apply.
 *
 * @param levels the levels of rules to which these files give none
 */
export async function readConfigurations(
  stackNames: readonly string[],
  configFolder = defaultConfigFolder,
  levels: readonly Level[] = [],
): Promise<Configurations> {
  const stackPacks = stackNames.flatMap((stackName) => packsOf(stackName, configFolder));
  const configurations = new Map<string, Configuration>();
  const problems: string[] = [];
  for (const { pack, configFile } of stackPacks) {
    if (configFile === undefined) continue;
    const read = await readConfiguration(pack, configFile);
    if ("problems" in read) problems.push(...read.problems);
    else configurations.set(configFile, read.configuration);
  }
  const unused = (await namesIn(configFolder)).filter(
    (name) => !stackPacks.some(({ configFile }) => configFile === join(configFolder, name)),
  );
  problems.push(...unused.map((name) => unusedProblem(name, stackNames, configFolder)));
  return {
    problems,
    packsOf: (stackName) =>
      packsOf(stackName, configFolder).map(({ pack, configFile = "" }) =>
        enforced(pack, configurations.get(configFile) ?? {}, levels),
      ),
  };
}

function enforced(pack: Pack, configuration: Configuration, levels: readonly Level[]): EnforcedPack {
  const inFile = (rule: Rule) =>
    levelIn(configuration, rule) === undefined
      ? levelOf(qualifiedName(pack.name, rule.name), rule, levels, today())
      : undefined;
  return {
    pack,
    isDisabled: (rule) => isDisabled(configuration, rule) || inFile(rule)?.level === "disabled",
    levelText: (rule) => {
      const level = inFile(rule);
      return level === undefined ? undefined : levelText(level);
    },
  };
}

function unusedProblem(name: string, stackNames: readonly string[], configFolder: string): string {
  const used = stackNames.flatMap((stackName) =>
    packsOf(stackName).map(({ pack }) => `${stackName}.${pack.name}.json`),
  );
  const hint = suggestion(name, used, "the files that are used");
  return `${join(configFolder, name)}: no stack uses this file; a file is named <stack>.<pack>.json, ${hint}`;
}

/** No names if the folder does not exist: then no stack has thresholds of its own. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
