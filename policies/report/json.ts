import { countOf } from "./exceptions";
import { noNotes, type ReportNotes } from "./notes";
import { allPass, type StackResult } from "./results";

/** The results as one JSON object. */
export function jsonReport(results: readonly StackResult[], notes: ReportNotes = noNotes) {
  return {
    passed: allPass(results, notes),
    exceptions: { excepted: countOf(results, "excepted"), problems: notes.exceptionProblems },
    ...(notes.baseline === undefined
      ? {}
      : { baseline: { known: countOf(results, "known"), fixed: notes.baseline.fixed } }),
    stacks: results.map(({ stack, subject, rules, failure, drift, price }) => ({
      stack,
      subject,
      failure,
      drift,
      price,
      rules: rules.map(({ pack, rule, outcome, level, findings }) => ({
        pack,
        rule: rule.name,
        severity: rule.severity,
        outcome,
        level,
        fix: rule.remediationSteps,
        findings,
      })),
    })),
  };
}
