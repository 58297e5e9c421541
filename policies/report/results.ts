import { readDescription } from "../support/finding";
import type { Pack } from "../support/pack";
import type { Rule } from "../support/rule";
import type { Locate, Places } from "./places";
import type { StackPrice } from "./price";

/** The parts of the engine's policy event that a report uses. */
export interface PolicyEvent {
  readonly pack: string;
  readonly rule: string;
  /** Undefined or the stack's URN for a violation of the whole stack. */
  readonly resourceUrn?: string | undefined;
  readonly message: string;
  /** `advisory` or `mandatory`; `remediate` for a remediation. */
  readonly enforcementLevel: string;
  /** The exception that covers the violation. */
  readonly exception?: ReportedException | undefined;
}

/** An exception, as the engine reports it. */
export interface ReportedException {
  readonly reason: string;
  /** The last day; undefined for an exception of Pulumi's own, whose end only Pulumi Cloud knows. */
  readonly until?: string | undefined;
  readonly owner?: string | undefined;
  /** The identifier of an exception of Pulumi's own. */
  readonly id?: string | undefined;
}

/** What was judged: the program's preview, the stack's state, or what the account has now. */
export type Subject = "preview" | "state" | "account";

/** How a resource in the account differs from the stack's state. */
export interface Drift {
  readonly urn: string;
  /** Whether the resource no longer exists. */
  readonly gone: boolean;
  /** The names of the properties that differ. */
  readonly properties: readonly string[];
}

/** The parts of a run of the rules on a stack that a report uses. */
export interface PolicyRun {
  readonly stack: string;
  readonly subject: Subject;
  readonly packs: readonly EnforcedPack[];
  readonly events: readonly PolicyEvent[];
  /** Whether the rules about the whole stack have run, which are the last. */
  readonly finished: boolean;
  /** Why the preview failed; undefined when it did not, or when only a rule refused the stack. */
  readonly failure?: string | undefined;
  /** Finds where a finding can be fixed. Default: not known. */
  readonly locate?: Locate | undefined;
  /** How the account differs from the state. Default: not compared. */
  readonly drift?: readonly Drift[] | undefined;
  /** The price that a running stack's outputs have. Default: not known. */
  readonly deployedDollarsPerMonth?: number | undefined;
  /** Default: not known. */
  readonly price?: StackPrice | undefined;
}

export interface EnforcedPack {
  readonly pack: Pack;
  /** Whether the stack's configuration disables a rule. */
  readonly isDisabled: (rule: Rule) => boolean;
  /** The level that `policies/levels.yaml` gives a rule, with its end and its reason. Default: none. */
  readonly levelText?: (rule: Rule) => string | undefined;
}

/**
 * - `violated`: the rule is mandatory, so the stack is refused;
 * - `advised`: violated, but advisory in the configuration;
 * - `known`: violated, but in the baseline that the run compares with;
 * - `excepted`: violated, but an exception covers it;
 * - `remediated`: violated and remediated by the rule, because the configuration has `remediate`;
 * - `not judged`: the preview did not know a value, so the update judges; or the preview failed first;
 * - `disabled`: disabled in the configuration.
 */
export type Outcome =
  "passed" | "violated" | "advised" | "known" | "excepted" | "remediated" | "not judged" | "disabled";

export interface Finding {
  /** The resource's name in the program, e.g. `wordpress-database`; else the stack's. */
  readonly resource: string;
  readonly urn: string | undefined;
  /** The property; undefined when the message does not name one. */
  readonly at: string | undefined;
  /** With the fix of the setting, if a setting decides the value. */
  readonly message: string;
  /** Where to fix it. */
  readonly places: Places;
  /** Whether the resource in the account differs from the state. */
  readonly drifted: boolean;
  readonly outcome: Exclude<Outcome, "passed" | "disabled">;
  /** The exception that covers it, if its outcome is `excepted`. */
  readonly exception: ReportedException | undefined;
}

export interface RuleResult {
  readonly pack: string;
  readonly rule: Rule;
  readonly outcome: Outcome;
  /** The level that `policies/levels.yaml` gives the rule; undefined for none. */
  readonly level: string | undefined;
  readonly findings: readonly Finding[];
}

export interface StackResult {
  readonly stack: string;
  readonly subject: Subject;
  readonly rules: readonly RuleResult[];
  /** Why the preview failed. */
  readonly failure: string | undefined;
  /** How the account differs from the state; undefined when it was not compared. */
  readonly drift: readonly Drift[] | undefined;
  /** The price by the stack's settings; undefined when it is not known. */
  readonly price: StackPrice | undefined;
}

/** The results of a stack's packs, rule by rule. */
export function stackResult({ packs, events, finished, ...run }: PolicyRun): StackResult {
  const rules = packs.flatMap(({ pack: { name, rules: all }, isDisabled, levelText }) =>
    all.map((rule) => {
      const findings = events
        .filter((event) => event.pack === name && event.rule === rule.name)
        .map((event) => toFinding(event, run));
      const quiet = finished ? "passed" : "not judged";
      const outcome = isDisabled(rule) ? "disabled" : (worst(findings) ?? quiet);
      return { pack: name, rule, findings, outcome, level: levelText?.(rule) } as const;
    }),
  );
  const { stack, subject, failure, drift, price } = run;
  return { stack, subject, rules, failure, drift, price };
}

/** Whether no preview failed or violated a mandatory rule, and every exception is valid. */
export function allPass(
  results: readonly StackResult[],
  { exceptionProblems }: { readonly exceptionProblems: readonly unknown[] } = { exceptionProblems: [] },
): boolean {
  const stacksPass = results.every(
    ({ rules, failure }) => failure === undefined && rules.every(({ outcome }) => outcome !== "violated"),
  );
  return stacksPass && exceptionProblems.length === 0;
}

function toFinding(
  event: PolicyEvent,
  { stack, locate, drift = [] }: Pick<PolicyRun, "stack" | "locate" | "drift">,
): Finding {
  const { pack, rule, resourceUrn: urn, enforcementLevel } = event;
  const text = plain(event.message);
  const described = readDescription(text);
  const { at, allowed } = described ?? { at: undefined, allowed: undefined };
  const places = locate?.({ rule: `${pack}/${rule}`, urn, at, allowed }) ?? {};
  const fix = places.setting?.fix;
  return {
    resource: urn?.split("::").at(-1) ?? stack,
    urn,
    at,
    message: described === undefined || fix === undefined ? text : text.replace(described.fix, () => fix),
    places,
    drifted: drift.some((each) => each.urn === urn),
    outcome: event.exception === undefined ? outcomeOf(text, enforcementLevel) : "excepted",
    exception: event.exception,
  };
}

function outcomeOf(message: string, enforcementLevel: string): Finding["outcome"] {
  // The policy SDK's message for a rule that read an unknown value.
  if (/can't run policy .* during preview/.test(message)) return "not judged";
  switch (enforcementLevel) {
    case "advisory":
      return "advised";
    case "remediate":
      return "remediated";
    default:
      return "violated";
  }
}

/** The outcome of a rule with these findings; undefined without findings. */
export function worst(findings: readonly Finding[]): Finding["outcome"] | undefined {
  const order = ["violated", "advised", "known", "excepted", "not judged", "remediated"] as const;
  return order.find((outcome) => findings.some((finding) => finding.outcome === outcome));
}

/** Removes the engine's colour tags. */
function plain(message: string): string {
  return message.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}
