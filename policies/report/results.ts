import type { Pack } from "../support/pack";
import type { Rule } from "../support/rule";

/** What the engine reports of a policy, as far as a report needs it. */
export interface PolicyEvent {
  readonly pack: string;
  readonly rule: string;
  /** Nothing or the stack's own for what concerns the whole stack. */
  readonly resourceUrn?: string | undefined;
  readonly message: string;
  /** `advisory` or `mandatory`; `remediate` for what the rule has mended. */
  readonly enforcementLevel: string;
}

/** A preview of a stack under its packs, as far as a report needs it. */
export interface PolicyRun {
  readonly stack: string;
  readonly packs: readonly EnforcedPack[];
  readonly events: readonly PolicyEvent[];
  /** Whether the rules came to judge the stack as a whole, which they do last. */
  readonly finished: boolean;
  /** Why the preview ended before its time; nothing when it did not, or when a rule alone refused it. */
  readonly failure?: string | undefined;
}

export interface EnforcedPack {
  readonly pack: Pack;
  /** Whether the stack's configuration switches a rule off. */
  readonly isDisabled: (rule: Rule) => boolean;
}

/**
 * - `violated`: mandatory, so the stack is refused;
 * - `advised`: violated, but only advisory by its configuration;
 * - `mended`: violated, and put right by the rule itself, as its configuration asks;
 * - `not judged`: the preview did not know a value, so the update will judge; or it ended before its time;
 * - `disabled`: switched off by its configuration.
 */
export type Outcome = "passed" | "violated" | "advised" | "mended" | "not judged" | "disabled";

export interface Finding {
  /** Its name in the program, e.g. `wordpress-database`; the stack's where there is no other. */
  readonly resource: string;
  readonly urn: string | undefined;
  readonly message: string;
  readonly outcome: Exclude<Outcome, "passed" | "disabled">;
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
  /** Why its preview ended before its time. */
  readonly failure: string | undefined;
}

/** Everything that the packs of a stack have to say about it, rule by rule. */
export function stackResult({ stack, packs, events, finished, failure }: PolicyRun): StackResult {
  const rules = packs.flatMap(({ pack: { name, rules: all }, isDisabled }) =>
    all.map((rule) => {
      const findings = events
        .filter((event) => event.pack === name && event.rule === rule.name)
        .map((event) => toFinding(event, stack));
      const quiet = finished ? "passed" : "not judged";
      const outcome = isDisabled(rule) ? "disabled" : (worst(findings) ?? quiet);
      return { pack: name, rule, findings, outcome } as const;
    }),
  );
  return { stack, rules, failure };
}

/** Whether every stack may go up, as far as its preview can tell. */
export function allPass(results: readonly StackResult[]): boolean {
  return results.every(
    ({ rules, failure }) => failure === undefined && rules.every(({ outcome }) => outcome !== "violated"),
  );
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
  switch (enforcementLevel) {
    case "advisory":
      return "advised";
    case "remediate":
      return "mended";
    default:
      return "violated";
  }
}

function worst(findings: readonly Finding[]): Finding["outcome"] | undefined {
  const order = ["violated", "advised", "not judged", "mended"] as const;
  return order.find((outcome) => findings.some((finding) => finding.outcome === outcome));
}

/** Without the engine's marks for colours. */
function plain(message: string): string {
  return message.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}
