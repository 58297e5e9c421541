import path from "node:path";

import { readConfigurations } from "../../policies/configuration/folder";
import { today } from "../../policies/exceptions/day";
import { defaultExceptionsFile, forEveryStack, readExceptions } from "../../policies/exceptions/file";
import { reviewExceptions } from "../../policies/exceptions/review";
import { defaultLevelsFile, readLevels } from "../../policies/levels/file";
import { packs } from "../../policies/packs";
import type { ReportNotes } from "../../policies/report/notes";
import type { EnforcedPack, StackResult } from "../../policies/report/results";
import { classSettingsStack } from "../settings/classSettings";

/** The packs of a class, with the levels and exceptions of the class's stack. */
export interface RuleFiles {
  readonly packs: readonly EnforcedPack[];
  /** @param ids the ids of all students of the roster: an exception may be for a student who was not judged */
  readonly review: (results: readonly StackResult[], ids: readonly string[]) => ReportNotes;
}

/** Reads the files that configure the packs. Those who serve the packs report what is wrong with the files. */
export async function readRuleFiles(): Promise<RuleFiles> {
  const names = { packs, areAllPacks: true };
  const { levels } = readLevels(defaultLevelsFile, names);
  const { packsOf } = await readConfigurations([classSettingsStack], undefined, levels);
  const { entries } = forEveryStack(readExceptions(defaultExceptionsFile, names), classSettingsStack);
  const enforced = packsOf(classSettingsStack);
  const rules = new Set(enforced.flatMap(({ pack }) => pack.rules.map(({ name }) => `${pack.name}/${name}`)));
  const file = path.relative(process.cwd(), defaultExceptionsFile);
  return {
    packs: enforced,
    review: (results, ids) => ({
      baseline: undefined,
      exceptionProblems: reviewExceptions(entries, {
        results,
        stacks: ids,
        isReported: (rule) => rules.has(rule),
        today: today(),
      }).map((problem) => ({ file, ...problem })),
    }),
  };
}
