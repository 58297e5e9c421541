import type { KnownViolation } from "../baseline/baseline";
import type { FileProblem } from "./exceptions";

/** What a report states besides the results of the stacks. */
export interface ReportNotes {
  /** The exceptions that have ended or cover nothing; they fail the run. */
  readonly exceptionProblems: readonly FileProblem[];
  /** The comparison with a baseline; undefined without one. */
  readonly baseline: { readonly fixed: readonly KnownViolation[] } | undefined;
}

export const noNotes: ReportNotes = { exceptionProblems: [], baseline: undefined };
