import { z } from "zod";

import { worst, type Finding, type RuleResult, type StackResult } from "../report/results";

/** A violation that a run may have, because it was there when the baseline was written. */
export interface KnownViolation {
  readonly stack: string;
  /** `pack/rule` */
  readonly rule: string;
  /** The resource's URN; undefined for the whole stack. */
  readonly urn?: string | undefined;
  /** The property; undefined when the rule's message does not name one. */
  readonly at?: string | undefined;
}

const known = z.strictObject({
  stack: z.string(),
  rule: z.string(),
  urn: z.string().optional(),
  at: z.string().optional(),
});

/** The content of a baseline's file. */
export const baselineSchema = z.strictObject({ version: z.literal(1), violations: z.array(known) });

/** The violations of results, as a baseline has them. */
export function violationsIn(results: readonly StackResult[]): readonly KnownViolation[] {
  return results.flatMap(({ stack, rules }) =>
    rules.flatMap((result) =>
      result.findings
        .filter(({ outcome }) => outcome === "violated")
        .map((finding) => knownViolation(stack, result, finding)),
    ),
  );
}

/** Results compared with a baseline. */
export interface Compared {
  /** The results, in which violations of the baseline are `known`. */
  readonly results: readonly StackResult[];
  /** The violations of the baseline that the stacks do not have any more. */
  readonly fixed: readonly KnownViolation[];
}

/** Compares results with a baseline. Each of its violations covers one finding, so that a second one is new. */
export function compare(results: readonly StackResult[], baseline: readonly KnownViolation[]): Compared {
  const left = [...baseline];
  const take = (violation: KnownViolation) => {
    const index = left.findIndex((each) => idOf(each) === idOf(violation));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  };
  const compared = results.map((result) => ({
    ...result,
    rules: result.rules.map((rule) => {
      const findings = rule.findings.map((finding) =>
        finding.outcome === "violated" && take(knownViolation(result.stack, rule, finding))
          ? { ...finding, outcome: "known" as const }
          : finding,
      );
      const outcome = rule.outcome === "violated" ? (worst(findings) ?? rule.outcome) : rule.outcome;
      return { ...rule, findings, outcome };
    }),
  }));
  return { results: compared, fixed: left.filter((each) => isJudged(each, results)) };
}

/** A violation of a stack or a rule that this run did not judge may still be there. */
function isJudged({ stack, rule }: KnownViolation, results: readonly StackResult[]): boolean {
  const result = results.find((each) => each.stack === stack && each.failure === undefined);
  const own = result?.rules.find((each) => `${each.pack}/${each.rule.name}` === rule);
  return own !== undefined && own.outcome !== "not judged" && own.outcome !== "disabled";
}

function knownViolation(
  stack: string,
  { pack, rule }: Pick<RuleResult, "pack" | "rule">,
  { urn, at }: Pick<Finding, "urn" | "at">,
): KnownViolation {
  return { stack, rule: `${pack}/${rule.name}`, urn, at };
}

function idOf({ stack, rule, urn = "", at = "" }: KnownViolation): string {
  return JSON.stringify([stack, rule, urn, at]);
}
