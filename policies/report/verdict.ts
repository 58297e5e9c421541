import { countOf } from "./exceptions";
import type { ReportNotes } from "./notes";
import { allPass, type RuleResult, type StackResult } from "./results";

/** The last line of a report: whether all stacks pass, and the counts. */
export function verdict(results: readonly StackResult[], notes: ReportNotes): string {
  const { exceptionProblems, baseline } = notes;
  const [known, excepted] = [countOf(results, "known"), countOf(results, "excepted")];
  const fixed = baseline?.fixed.length ?? 0;
  const accepted = [
    ...(known > 0 ? [`${counted(known, "violation is", "violations are")} in the baseline`] : []),
    ...(excepted > 0 ? [`${counted(excepted, "violation is", "violations are")} excepted`] : []),
    ...(fixed > 0 ? [`${counted(fixed, "violation", "violations")} of the baseline fixed`] : []),
  ];
  if (allPass(results, notes)) {
    return `${[known > 0 ? "No new violation" : "No stack violates a rule", ...accepted].join("; ")}.`;
  }
  const violated = results.flatMap(({ rules }) => rules).filter(({ outcome }) => outcome === "violated");
  // A rule that several stacks violate is one rule to understand, and often one fix.
  const broken = new Set(violated.map(idOf)).size;
  const failed = results.filter(({ failure }) => failure !== undefined);
  const wrong = exceptionProblems.length;
  const parts = [
    ...(broken > 0 ? [`${counted(broken, "rule is", "rules are")} violated`] : []),
    ...(failed.length > 0 ? [`${String(failed.length)} ${nameOf(failed)} failed`] : []),
    ...(wrong > 0 ? [`${counted(wrong, "exception", "exceptions")} ended or unused`] : []),
    ...accepted,
  ];
  return `${parts.join(", ")}; see above for the fixes.`;
}

/** `pack/rule` */
export function idOf({ pack, rule }: Pick<RuleResult, "pack" | "rule">): string {
  return `${pack}/${rule.name}`;
}

/** What failed: `preview`, `previews`, or the stacks themselves. */
function nameOf(failed: readonly StackResult[]): string {
  const noun = failed.every(({ subject }) => subject === "preview") ? "preview" : "stack";
  return failed.length === 1 ? noun : `${noun}s`;
}

function counted(count: number, one: string, several: string): string {
  return `${String(count)} ${count === 1 ? one : several}`;
}
