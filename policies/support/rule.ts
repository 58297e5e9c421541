import type {
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";

import { frameworkOf, tagsOf, type Counterparts } from "../frameworks/controls";
import type { Topic } from "../frameworks/topics";
import { typed } from "./applies";
import { describeFinding, type Finding, type StackFinding } from "./finding";
import { missingIn } from "./required";
import { isResource, type AnyResource, type PropsOf, type ResourceOf, type Token } from "./resourceTypes";
import { configSchemaOf, readSettings, type Settings, type ValuesOf } from "./settings";
import type { StackResource } from "./stack";
import { hasSettings, reportThresholds, rootType, thresholdsOf } from "./thresholds";
import { canonicalType, hasAlias } from "./typeAliases";
import { judgeInTurn } from "./unknown";

/** A rule's documentation and thresholds. The engine or docs/policies.md shows all of it. */
export interface RuleText<S extends Settings> {
  /** Unique in its pack, in kebab-case: a policy configuration uses it. */
  readonly name: string;
  readonly displayName: string;
  /** The requirement, in one sentence. */
  readonly description: string;
  readonly why: string;
  readonly severity: Severity;
  /** What the rule is about; decides the general frameworks' controls. */
  readonly topics: readonly Topic[];
  /** How to fix a violation. */
  readonly fix: string;
  /** The source of the requirement. */
  readonly url: string;
  readonly counterparts: Counterparts;
  /** The rule's thresholds, each with its default. */
  readonly settings: S;
}

/** What our policies have in addition to the SDK's. */
interface Documented {
  readonly displayName: string;
  readonly why: string;
  readonly url: string;
  readonly severity: Severity;
  readonly enforcementLevel: "mandatory";
  readonly remediationSteps: string;
  readonly topics: readonly Topic[];
  readonly tags: string[];
  readonly counterparts: Counterparts;
  readonly settings: Settings;
}

export type ResourceRule = ResourceValidationPolicy & Documented;
/** Its `validateResource` checks the rule's thresholds, at the root resource. */
export type StackRule = StackValidationPolicy &
  Documented & { readonly validateResource?: ResourceValidation };
export type Rule = ResourceRule | StackRule;

/** Findings one by one, so that those before an unknown value are reported too. */
export type Findings = Iterable<Finding> | AsyncIterable<Finding>;

/** How a rule judges the resources of some types. */
export interface Judgement<Values> {
  /** The type, where there is only one. */
  readonly type?: Token;
  readonly appliesTo: (type: string) => boolean;
  readonly judge: (resource: AnyResource, values: Values) => Findings;
}

/** How a rule remediates the resources of some types: returns the properties to change, or nothing. */
export interface Remediation<Values = object> {
  readonly appliesTo: (type: string) => boolean;
  readonly remediate: (resource: AnyResource, values: Values) => object | undefined;
}

/** Judges resources of one type by their properties. */
export function on<T extends Token, Values>(
  token: T,
  judge: (props: PropsOf<T>, values: Values, resource: ResourceOf<T>) => Findings,
): Judgement<Values> {
  return {
    type: token,
    appliesTo: (type) => canonicalType(type) === token,
    judge: (resource, values) => (isResource(resource, token) ? judge(resource.props, values, resource) : []),
  };
}

/** Judges resources of several types, which a view of a concept lists. */
export function onAny<Values>(
  tokens: readonly Token[],
  judge: (resource: AnyResource, values: Values) => Findings,
): Judgement<Values> {
  const types = new Set<string>(tokens);
  return { appliesTo: (type) => types.has(canonicalType(type)), judge };
}

/** Remediates resources of one type; `remediate` returns only the properties that it changes. */
export function remediateOn<T extends Token>(
  token: T,
  remediate: (props: PropsOf<T>, resource: ResourceOf<T>) => Partial<PropsOf<T>> | undefined,
): Remediation {
  return {
    appliesTo: (type) => canonicalType(type) === token,
    remediate: (resource) => (isResource(resource, token) ? remediate(resource.props, resource) : undefined),
  };
}

/** A rule about single resources. The engine applies it before it creates or updates each of them. */
export function resourceRule<const S extends Settings>(
  text: RuleText<S>,
  judgements: readonly Judgement<ValuesOf<S>>[],
  remediations: readonly Remediation<ValuesOf<S>>[] = [],
): ResourceRule & { readonly validateResource: ResourceValidation } {
  const findingsIn = (args: ResourceValidationArgs, values: ValuesOf<S>): AsyncIterable<Finding> =>
    judgeInTurn(
      judgements
        .filter(({ appliesTo }) => appliesTo(args.type))
        .map(
          ({ judge }) =>
            () =>
              judge(args, values),
        ),
    );
  const remediation: Pick<ResourceValidationPolicy, "remediateResource"> = {
    remediateResource: async (args) => {
      if (!remediations.some(({ appliesTo }) => appliesTo(args.type))) return notApplicable(args);
      const read = readSettings(text.name, text.settings, args.getConfig());
      if ("problems" in read) return undefined;
      // Only a violation is remediated, or the engine would report a change of every resource.
      const first = await findingsIn(args, read.values)[Symbol.asyncIterator]().next();
      return first.done === true ? undefined : remediated(args, remediations, read.values);
    },
  };
  const reportAll = async (
    findings: AsyncIterable<Finding>,
    args: ResourceValidationArgs,
    reportViolation: ReportViolation,
  ) => {
    try {
      for await (const finding of findings) reportViolation(describeFinding(finding, args, text.fix));
    } catch (error) {
      reportViolation(describeFinding(missingIn(error), args, text.fix));
    }
  };
  // Not async: the usual answer, that the rule does not apply, then needs no promise.
  const validateResource: ResourceValidation = (args, reportViolation) => {
    if (args.type === rootType && hasSettings(text)) reportThresholds(text, args, reportViolation);
    if (!judgements.some(({ appliesTo }) => appliesTo(args.type))) return notApplicable(args);
    const read = readSettings(text.name, text.settings, args.getConfig());
    if ("values" in read) return reportAll(findingsIn(args, read.values), args, reportViolation);
    for (const problem of read.problems) reportViolation(problem);
    return undefined;
  };
  const judges = (type: string) =>
    (type === rootType && hasSettings(text)) || judgements.some(({ appliesTo }) => appliesTo(type));
  return {
    ...policyOf(text),
    ...(remediations.length > 0 ? remediation : {}),
    validateResource: Object.assign(typed(validateResource, judges), onlyType(text, judgements)),
  };
}

type JudgeStack<S extends Settings> = (
  stack: readonly StackResource[],
  values: ValuesOf<S>,
) => Iterable<StackFinding> | AsyncIterable<StackFinding>;

/** A rule about several resources of a stack. The engine applies it at the end of a preview and of an update. */
export function stackRule<const S extends Settings>(text: RuleText<S>, judge: JudgeStack<S>): StackRule {
  return {
    ...policyOf(text),
    ...(hasSettings(text) ? { validateResource: thresholdsOf(text) } : {}),
    validateStack: async (args, reportViolation) => {
      const read = readSettings(text.name, text.settings, args.getConfig());
      if ("problems" in read) {
        for (const problem of read.problems) reportViolation(problem);
        return;
      }
      try {
        for await (const finding of judge(args.resources, read.values)) {
          reportViolation(describeFinding(finding, finding.resource, text.fix), finding.resource?.urn);
        }
      } catch (error) {
        const { resource, ...finding } = missingIn(error);
        reportViolation(describeFinding(finding, resource, text.fix), resource?.urn);
      }
    },
  };
}

/**
 * A rule about single resources that also judges them together, for violations that no single resource shows. The engine
 * applies the first part before it creates or updates a resource.
 */
export function resourceAndStackRule<const S extends Settings>(
  text: RuleText<S>,
  judgements: readonly Judgement<ValuesOf<S>>[],
  judge: JudgeStack<S>,
): ResourceRule & StackRule {
  return { ...stackRule(text, judge), ...resourceRule(text, judgements) };
}

/** The SDK uses an error for this, thousands of times in a run; its stack trace is never shown. */
function notApplicable({ notApplicable: refuse }: Pick<ResourceValidationArgs, "notApplicable">): never {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return refuse();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * The mark that the SDK's `validateResourceOfType` sets: the SDK calls a marked rule for this type only. That function
 * itself takes a class of `@pulumi/aws`, which would have to be loaded. A rule with thresholds reads the root resource too.
 */
function onlyType(
  text: RuleText<Settings>,
  judgements: readonly { readonly type?: Token }[],
): { readonly __pulumiType?: Token } {
  const [type, ...others] = new Set(judgements.map((judgement) => judgement.type));
  const readsOthers = type === undefined || others.length > 0 || hasSettings(text) || hasAlias(type);
  return readsOthers ? {} : { __pulumiType: type };
}

function policyOf<S extends Settings>({ fix, settings, ...text }: RuleText<S>) {
  const configured = hasSettings({ settings }) ? { configSchema: configSchemaOf(settings) } : {};
  const framework = frameworkOf(text);
  return {
    ...text,
    settings,
    ...configured,
    ...(framework === undefined ? {} : { framework }),
    tags: tagsOf(text),
    enforcementLevel: "mandatory",
    remediationSteps: fix,
  } as const;
}

function remediated<Values>(
  args: ResourceValidationArgs,
  remediations: readonly Remediation<Values>[],
  values: Values,
) {
  const change = remediations.find(({ appliesTo }) => appliesTo(args.type))?.remediate(args, values);
  // The SDK takes back all properties. Setting them on its own object keeps the secret ones secret.
  return change === undefined ? undefined : Object.assign(args.props, change);
}
