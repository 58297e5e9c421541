import { countExcepted, type FileProblem } from "./exceptions";
import { allPass, type StackResult } from "./results";

/** The results as one JSON object. */
export function jsonReport(results: readonly StackResult[], exceptionProblems: readonly FileProblem[] = []) {
  return {
    passed: allPass(results, exceptionProblems),
    exceptions: { excepted: countExcepted(results), problems: exceptionProblems },
    stacks: results.map(({ stack, subject, rules, failure, drift }) => ({
      stack,
      subject,
      failure,
      drift,
      rules: rules.map(({ pack, rule, outcome, findings }) => ({
        pack,
        rule: rule.name,
        severity: rule.severity,
        outcome,
        fix: rule.remediationSteps,
        findings,
      })),
    })),
  };
}
