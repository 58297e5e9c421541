import path from "node:path";

import { compare, violationsIn } from "../policies/baseline/baseline";
import { readBaseline } from "../policies/baseline/file";
import { readConfigurations, type Configurations } from "../policies/configuration/folder";
import { today } from "../policies/exceptions/day";
import { defaultExceptionsFile, readExceptions } from "../policies/exceptions/file";
import { reviewExceptions } from "../policies/exceptions/review";
import { defaultLevelsFile, readLevels } from "../policies/levels/file";
import { packs } from "../policies/packs";
import type { ReportNotes } from "../policies/report/notes";
import type { StackResult } from "../policies/report/results";
import { isSelected } from "../policies/selection";
import { qualifiedName } from "../policies/support/qualifiedName";
import type { Invocation } from "./commandLine";

/** The files that configure a run of the gate. */
export interface RunFiles {
  /** All that is wrong with them, each with the file. */
  readonly problems: readonly string[];
  readonly packsOf: Configurations["packsOf"];
  /** For the servers of the packs. */
  readonly thresholds: string | undefined;
  readonly exceptions: string;
  readonly levels: string;
  /** Compares the results with the baseline and reviews the exceptions. */
  readonly review: (results: readonly StackResult[]) => Reviewed;
}

/** Results as a report shows them. */
export interface Reviewed {
  readonly results: readonly StackResult[];
  readonly notes: ReportNotes;
}

/**
 * Reads the files that configure a run: thresholds, levels, exceptions and a baseline.
 *
 * @param stacks all stacks of the project
 */
export async function readRunFiles(invocation: Invocation, stacks: readonly string[]): Promise<RunFiles> {
  const { selection } = invocation;
  const thresholds = invocation.thresholds === undefined ? undefined : path.resolve(invocation.thresholds);
  const exceptions = path.resolve(invocation.exceptions ?? defaultExceptionsFile);
  const levels = path.resolve(invocation.levels ?? defaultLevelsFile);
  const names = { packs, areAllPacks: true };
  const readLevel = readLevels(levels, names);
  const { problems, packsOf } = await readConfigurations(stacks, thresholds, readLevel.levels);
  const { entries, problems: wrong } = readExceptions(exceptions, { ...names, stacks });
  const baseline = invocation.baseline === undefined ? undefined : await readBaseline(invocation.baseline);
  const known = baseline !== undefined && "violations" in baseline ? baseline.violations : undefined;
  const reported = new Set(
    packs.flatMap(({ name: pack, rules }) =>
      rules.filter((rule) => isSelected(rule, selection)).map(({ name }) => qualifiedName(pack, name)),
    ),
  );
  const shown = path.relative(process.cwd(), exceptions);
  return {
    problems: [
      ...problems,
      ...readLevel.problems,
      ...wrong,
      ...(baseline !== undefined && "problem" in baseline ? [baseline.problem] : []),
    ],
    ...{ packsOf, thresholds, exceptions, levels },
    review: (judged) => {
      // A run that writes a baseline compares with it: it accepts what it finds.
      const baselined = invocation.writeBaseline === undefined ? known : violationsIn(judged);
      const { results, fixed } = compare(judged, baselined ?? []);
      const found = reviewExceptions(entries, {
        results: judged,
        stacks,
        isReported: (rule) => reported.has(rule),
        today: today(),
      });
      const exceptionProblems = found.map((problem) => ({ file: shown, ...problem }));
      return {
        results,
        notes: { exceptionProblems, baseline: baselined === undefined ? undefined : { fixed } },
      };
    },
  };
}
