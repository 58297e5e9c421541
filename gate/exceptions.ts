import path from "node:path";

import { today } from "../policies/exceptions/day";
import { defaultExceptionsFile, readExceptions } from "../policies/exceptions/file";
import { reviewExceptions } from "../policies/exceptions/review";
import { packs } from "../policies/packs";
import type { FileProblem } from "../policies/report/exceptions";
import type { StackResult } from "../policies/report/results";
import { isSelected, type Selection } from "../policies/selection";

/** The exceptions of a run of the gate. */
export interface GateExceptions {
  readonly file: string;
  /** All that is wrong with the file before a stack is judged, with the line. */
  readonly problems: readonly string[];
  /** The exceptions that have ended or cover nothing. */
  readonly review: (results: readonly StackResult[]) => readonly FileProblem[];
}

/**
 * Reads the file with the exceptions.
 *
 * @param given the file; undefined for `policies/exceptions.yaml`
 * @param stacks all stacks of the project
 */
export function exceptionsFor(
  given: string | undefined,
  stacks: readonly string[],
  selection: Selection,
): GateExceptions {
  const file = given === undefined ? defaultExceptionsFile : path.resolve(given);
  const { problems, entries } = readExceptions(file, { packs, areAllPacks: true, stacks });
  const reported = new Set(
    packs.flatMap(({ name: pack, rules }) =>
      rules.filter((rule) => isSelected(rule, selection)).map(({ name }) => `${pack}/${name}`),
    ),
  );
  const shown = path.relative(process.cwd(), file);
  return {
    file,
    problems,
    review: (results) =>
      reviewExceptions(entries, {
        results,
        stacks,
        isReported: (rule) => reported.has(rule),
        today: today(),
      }).map((problem) => ({ file: shown, ...problem })),
  };
}
