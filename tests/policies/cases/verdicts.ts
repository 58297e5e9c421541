import type { Pack } from "../../../policies/support/pack";
import type { StackResource } from "../../../policies/support/stack";
import { judge, judgeStack } from "../support/judge";
import { unjudged } from "./batches";
import { findingText, waitingText } from "./findings";

/** What the rules of some packs say about a program's resources. */
export interface Said {
  /** The refusals. */
  readonly findings: readonly string[];
  /** What rules cannot judge before the update. */
  readonly waiting: readonly string[];
}

export async function saidAbout(stack: readonly StackResource[], packs: readonly Pack[]): Promise<Said> {
  const findings: string[] = [];
  const waiting: string[] = [];
  for (const rule of packs.flatMap(({ rules }) => rules)) {
    if (unjudged.has(rule.name)) continue;
    const verdicts = "validateStack" in rule ? [await judgeStack(rule, stack)] : [];
    for (const resource of rule.validateResource === undefined ? [] : stack) {
      verdicts.push(await judge(rule, resource));
    }
    for (const { violations, unknown } of verdicts) {
      findings.push(...violations.map((each) => findingText(rule, each)));
      if (unknown !== undefined) waiting.push(waitingText(rule, unknown));
    }
  }
  return { findings, waiting };
}
