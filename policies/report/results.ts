import type { Pack } from "../support/pack";
import type { Rule } from "../support/rule";

/** What the engine reports of a policy, as far as a report needs it. */
export interface PolicyEvent {
  readonly policyPackName: string;
  readonly policyName: string;
  /** Nothing or the stack's own for what concerns the whole stack. */
  readonly resourceUrn?: string;
  readonly message: string;
  readonly enforcementLevel: string;
}

/**
 * - `violated`: mandatory, so the stack is refused;
 * - `advised`: violated, but only advisory by its configuration;
 * - `not judged`: the preview did not know a value; the update will judge.
 */
export type Outcome = "passed" | "violated" | "advised" | "not judged";

export interface Finding {
  /** Its name in the program, e.g. `wordpress-database`; the stack's where there is no other. */
  readonly resource: string;
  readonly urn: string | undefined;
  readonly message: string;
  readonly outcome: Exclude<Outcome, "passed">;
}

export interface RuleResult {
  readonly pack: string;
  readonly rule: Rule;
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
}

export interface StackResult {
  readonly stack: string;
  readonly rules: readonly RuleResult[];
}

/** Everything that the packs of a stack have to say about it, rule by rule. */
export function stackResult(
  stack: string,
  packs: readonly Pack[],
  events: readonly PolicyEvent[],
): StackResult {
  const rules = packs.flatMap(({ name, rules: all }) =>
    all.map((rule) => {
      const findings = events
        .filter(({ policyPackName, policyName }) => policyPackName === name && policyName === rule.name)
        .map((event) => toFinding(event, stack));
      return { pack: name, rule, findings, outcome: worst(findings) };
    }),
  );
  return { stack, rules };
}

/** Whether every stack may go up. */
export function allPass(results: readonly StackResult[]): boolean {
  return results.every(({ rules }) => rules.every(({ outcome }) => outcome !== "violated"));
}

function toFinding({ resourceUrn, message, enforcementLevel }: PolicyEvent, stack: string): Finding {
  return {
    resource: resourceUrn?.split("::").at(-1) ?? stack,
    urn: resourceUrn,
    message: plain(message),
    outcome: outcomeOf(message, enforcementLevel),
  };
}

function outcomeOf(message: string, enforcementLevel: string): Finding["outcome"] {
  // The policy SDK's own words for a rule that asked for what a preview does not know.
  if (/can't run policy .* during preview/.test(message)) return "not judged";
  return enforcementLevel === "mandatory" ? "violated" : "advised";
}

function worst(findings: readonly Finding[]): Outcome {
  const order = ["violated", "advised", "not judged"] as const;
  return order.find((outcome) => findings.some((finding) => finding.outcome === outcome)) ?? "passed";
}

/** Without the engine's marks for colours. */
function plain(message: string): string {
  return message.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}
