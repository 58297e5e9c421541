import type {
  PolicyPackArgs,
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";

import { appliesTo, typed, typedAs } from "../support/applies";
import { readDescription } from "../support/finding";
import type { Pack } from "../support/pack";
import type { ResourceRule, Rule, StackRule } from "../support/rule";
import { exceptionsName } from "../support/settings";
import { today, type Day } from "./day";
import type { Grant } from "./exception";
import { grantsIn, type ConfiguredGrants } from "./grants";
import { answerFor, type Violation } from "./match";
import { partsOfUrn } from "./pattern";
import { describeAnswer, describeExcepted, exceptedPolicy } from "./text";

/** A policy as the policy SDK serves it. */
export type ServedPolicy = PolicyPackArgs["policies"][number];

/** A violation that a rule has reported. */
interface Reported {
  readonly message: string;
  /** Undefined for the resource that is validated, or for the whole stack. */
  readonly urn: string | undefined;
}

/** Excepted violations that wait to be reported, by the resource or the stack that the engine validates. */
type Waiting = Map<string, Reported[]>;

/**
 * A pack's rules, which report no violation that their configuration excepts, and the policy {@link exceptedPolicy}, which
 * reports these. The policy SDK reports every violation of a rule at the same level; only another policy can report one
 * that does not refuse the stack.
 *
 * @param now today, in UTC
 */
export function servedPolicies({ rules }: Pick<Pack, "rules">, now: () => Day = today): ServedPolicy[] {
  const waiting: Waiting = new Map();
  const judges = (type: string) => rules.some((rule) => appliesTo(rule, type));
  return [...rules.map((rule) => withExceptions(rule, waiting, now)), exceptedOf(waiting, judges)];
}

/** A rule may judge single resources, the whole stack, or both. */
function withExceptions(rule: Rule, waiting: Waiting, now: () => Day): ServedPolicy {
  const resourcePart = "validateResource" in rule ? resourcePartOf(rule, waiting, now) : {};
  return "validateStack" in rule
    ? { ...configurable(rule), ...resourcePart, ...stackPartOf(rule, waiting, now) }
    : { ...configurable(rule), ...resourcePart };
}

function resourcePartOf(
  rule: Rule & Pick<ResourceRule, "validateResource">,
  waiting: Waiting,
  now: () => Day,
): Partial<Pick<ResourceRule, "validateResource" | "remediateResource">> {
  const { validateResource: validate } = rule;
  if (typeof validate !== "function") throw new TypeError(`the rule ${rule.name} has no single validation`);
  const remediate = "remediateResource" in rule ? rule.remediateResource : undefined;
  const isExcepted = async (args: ResourceValidationArgs) => {
    const { grants } = grantsFor(rule, args.getConfig(), now());
    if (grants.length === 0) return false;
    const found: Reported[] = [];
    await validate(args, (message, urn) => found.push({ message, urn }));
    const { excepted } = sorted(found, args.urn, grants, now());
    return excepted.length > 0;
  };
  return {
    validateResource: withMarkOf(validate, excepting(rule, validate, waiting, now)),
    ...(remediate === undefined
      ? {}
      : {
          // A remediation changes all that the rule finds, so it leaves a resource with an exception as it is.
          remediateResource: async (args: ResourceValidationArgs) =>
            (await isExcepted(args)) ? undefined : remediate(args),
        }),
  };
}

/** The rule with its exceptions in the schema of its configuration, which a policy server shows. */
function configurable<R extends Rule>(rule: R): R {
  const description =
    "Violations that are accepted until a day: a list of objects with resource, stack, reason, owner and until.";
  const properties = { ...rule.configSchema?.properties, [exceptionsName]: { description } };
  return { ...rule, configSchema: { ...rule.configSchema, properties } };
}

/** The marks of the types that a rule judges: the SDK reads one of one type, the runner in this repository all. */
function withMarkOf(marked: ResourceValidation, validate: ResourceValidation): ResourceValidation {
  const mark = Object.getOwnPropertyDescriptor(marked, "__pulumiType");
  const own = typedAs(marked, validate);
  return mark === undefined ? own : Object.defineProperty(own, "__pulumiType", mark);
}

/** Not async: the usual answer, that the rule does not apply, then needs no promise. */
function excepting(
  rule: Rule,
  validate: ResourceValidation,
  waiting: Waiting,
  now: () => Day,
): ResourceValidation {
  return (args, report) => {
    const found: Reported[] = [];
    const settle = () => {
      // The usual case, thousands of times: the SDK copies the configuration.
      if (found.length === 0) return;
      reportAll(
        found,
        { rule, config: args.getConfig(), urn: args.urn, key: args.urn },
        report,
        waiting,
        now,
      );
    };
    return afterwards(() => validate(args, (message, urn) => found.push({ message, urn })), settle);
  };
}

function stackPartOf(rule: StackRule, waiting: Waiting, now: () => Day): Pick<StackRule, "validateStack"> {
  return {
    validateStack: (args, report) => {
      const found: Reported[] = [];
      const settle = () => {
        if (found.length === 0) return;
        const place = { rule, config: args.getConfig(), urn: rootOf(args), key: stackKey(args) };
        reportAll(found, place, report, waiting, now);
      };
      return afterwards(
        () => rule.validateStack(args, (message, urn) => found.push({ message, urn })),
        settle,
      );
    },
  };
}

/** Does `settle` after `work`, also when a rule reports violations before it reads an unknown value. */
function afterwards(work: () => Promise<void> | void, settle: () => void): Promise<void> | void {
  let working: Promise<void> | void;
  try {
    working = work();
  } catch (error) {
    settle();
    throw error;
  }
  if (working !== undefined) return working.finally(settle);
  settle();
  return undefined;
}

interface Place {
  readonly rule: Rule;
  readonly config: object;
  /** The resource that is validated, or the stack's root resource. */
  readonly urn: string;
  readonly key: string;
}

function reportAll(
  found: readonly Reported[],
  { rule, config, urn, key }: Place,
  report: ReportViolation,
  waiting: Waiting,
  now: () => Day,
): void {
  const { grants, problems } = grantsFor(rule, config, now());
  const { excepted, violations } = sorted(found, urn, grants, now());
  for (const { message, urn: where } of violations) {
    report([...problems.map((problem) => `${rule.name}.${problem}`), message].join("\n"), where);
  }
  if (excepted.length === 0) return;
  const texts = excepted.map(({ grant, message, ...rest }) => ({
    ...rest,
    message: describeExcepted({ rule: rule.name, ...grant, message }),
  }));
  waiting.set(key, [...(waiting.get(key) ?? []), ...texts]);
}

/** A rule's exceptions; those of a critical rule only if they name a topic of the rule for which they are allowed. */
function grantsFor({ severity, topics }: Rule, config: object, today: Day): ConfiguredGrants {
  const { grants, problems } = grantsIn(config, today);
  if (severity !== "critical") return { grants, problems };
  const isAllowed = ({ criticalTopic }: Grant) => topics.some((topic) => topic === criticalTopic);
  const refused = grants.some((grant) => !isAllowed(grant));
  const text = `exceptions: the rule is critical - allowed: with criticalTopic, one of ${topics.join(", ")}`;
  return { grants: grants.filter(isAllowed), problems: [...problems, ...(refused ? [text] : [])] };
}

function sorted(found: readonly Reported[], here: string, grants: readonly Grant[], now: Day) {
  const violations: Reported[] = [];
  const excepted: (Reported & { readonly grant: Grant })[] = [];
  const all = found.map((reported) => ({ ...reported, ...violationIn(reported, here) }));
  const siblings = all.flatMap(({ violation }) => violation ?? []);
  for (const { violation, ...reported } of all) {
    // A message without a property is about a threshold.
    const answer =
      violation === undefined ? ({ kind: "none" } as const) : answerFor(violation, siblings, grants, now);
    if (answer.kind === "excepted") excepted.push({ ...reported, grant: answer.grant });
    else violations.push({ ...reported, message: [...describeAnswer(answer), reported.message].join("\n") });
  }
  return { violations, excepted };
}

function violationIn(
  { message, urn }: Reported,
  here: string,
): { readonly violation: Violation | undefined } {
  const at = readDescription(message)?.at;
  return { violation: at === undefined ? undefined : { urn: urn ?? here, at } };
}

function exceptedOf(waiting: Waiting, judges: (type: string) => boolean): ServedPolicy {
  const reportWaiting = (key: string, report: ReportViolation) => {
    for (const { message, urn } of waiting.get(key) ?? []) report(message, urn);
    waiting.delete(key);
  };
  return {
    name: exceptedPolicy,
    displayName: "Excepted violations",
    description: "An exception covers this violation.",
    enforcementLevel: "advisory",
    validateResource: typed<ResourceValidation>(({ urn }, report) => {
      reportWaiting(urn, report);
    }, judges),
    validateStack: (args, report) => {
      reportWaiting(stackKey(args), report);
    },
  };
}

function rootOf({ resources }: StackValidationArgs): string {
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn ?? "";
}

/** Several stacks may be validated at once. */
function stackKey({ resources }: StackValidationArgs): string {
  return `stack ${partsOfUrn(resources[0]?.urn ?? "").stack}`;
}
