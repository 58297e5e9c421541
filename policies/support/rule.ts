import type {
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";

import { describeFinding, type Finding, type StackFinding } from "./finding";
import { isResource, type AnyResource, type PropsOf, type ResourceOf, type Token } from "./resourceTypes";
import { configSchemaOf, valuesOf, type Settings, type ValuesOf } from "./settings";
import type { StackResource } from "./stack";
import { isUnknownValue } from "./unknown";

/** The same rule elsewhere, by its identifiers there; empty where there is none. */
export interface Counterparts {
  /** AWS Foundational Security Best Practices, e.g. `EC2.8`. */
  readonly fsbp: readonly string[];
  /** Checkov, e.g. `CKV_AWS_79`. */
  readonly checkov: readonly string[];
  /** cdk-nag, e.g. `AwsSolutions-EC26`. */
  readonly cdkNag: readonly string[];
}

/** What a person must know of a rule. All of it reaches the engine or docs/policies.md. */
export interface RuleText<S extends Settings> {
  /** Unique in its pack, in kebab-case, as it stands in a policy configuration. */
  readonly name: string;
  readonly displayName: string;
  /** What must hold, in one sentence. */
  readonly description: string;
  readonly why: string;
  readonly severity: Severity;
  /** What to do about a violation. */
  readonly fix: string;
  /** Where the rule comes from. */
  readonly url: string;
  readonly counterparts: Counterparts;
  /** The rule's thresholds, each with our number as its default. */
  readonly settings: S;
}

/** What a policy of ours carries besides what the SDK asks for. */
interface Documented {
  readonly displayName: string;
  readonly why: string;
  readonly url: string;
  readonly severity: Severity;
  readonly enforcementLevel: "mandatory";
  readonly remediationSteps: string;
  readonly counterparts: Counterparts;
}

export type ResourceRule = ResourceValidationPolicy & Documented;
export type StackRule = StackValidationPolicy & Documented;
export type Rule = ResourceRule | StackRule;

/** What is wrong, as it is found: what came before an unknown value is reported all the same. */
export type Findings = Iterable<Finding> | AsyncIterable<Finding>;

/** How a rule judges the resources of some types. */
export interface Judgement<Values> {
  /** The one type that it is about, where it is about one. */
  readonly type?: Token;
  readonly appliesTo: (type: string) => boolean;
  readonly judge: (resource: AnyResource, values: Values) => Findings;
}

/** How a rule mends the resources of some types: the properties to put in place, or nothing. */
export interface Remedy {
  readonly appliesTo: (type: string) => boolean;
  readonly mend: (resource: AnyResource) => object | undefined;
}

/** Judges resources of one type by their properties. */
export function on<T extends Token, Values>(
  token: T,
  judge: (props: PropsOf<T>, values: Values, resource: ResourceOf<T>) => Findings,
): Judgement<Values> {
  return {
    type: token,
    appliesTo: (type) => type === token,
    judge: (resource, values) => (isResource(resource, token) ? judge(resource.props, values, resource) : []),
  };
}

/** Mends resources of one type; `mend` returns only the properties it changes. */
export function remediateOn<T extends Token>(
  token: T,
  mend: (props: PropsOf<T>, resource: ResourceOf<T>) => Partial<PropsOf<T>> | undefined,
): Remedy {
  return {
    appliesTo: (type) => type === token,
    mend: (resource) => (isResource(resource, token) ? mend(resource.props, resource) : undefined),
  };
}

/** A rule about each resource by itself, judged before it is created or changed. */
export function resourceRule<const S extends Settings>(
  text: RuleText<S>,
  judgements: readonly Judgement<ValuesOf<S>>[],
  remedies: readonly Remedy[] = [],
): ResourceRule {
  const findingsIn = (args: ResourceValidationArgs): AsyncIterable<Finding> => {
    const relevant = judgements.filter(({ appliesTo }) => appliesTo(args.type));
    if (relevant.length === 0) return notApplicable(args);
    const values = valuesOf(text.name, text.settings, args.getConfig());
    return inTurn(relevant.map(({ judge }) => judge(args, values)));
  };
  const remediation: Pick<ResourceValidationPolicy, "remediateResource"> = {
    remediateResource: async (args) => {
      if (!remedies.some(({ appliesTo }) => appliesTo(args.type))) return notApplicable(args);
      // Only what is refused is mended, or the engine would report a change of everything.
      const first = await findingsIn(args)[Symbol.asyncIterator]().next();
      return first.done === true ? undefined : mended(args, remedies);
    },
  };
  const reportAll = async (
    findings: AsyncIterable<Finding>,
    args: ResourceValidationArgs,
    reportViolation: ReportViolation,
  ) => {
    for await (const finding of findings) reportViolation(describeFinding(finding, args, text.fix));
  };
  // Not asynchronous itself: that it does not apply, as most often, takes no promise.
  const validateResource: ResourceValidation = (args, reportViolation) =>
    reportAll(findingsIn(args), args, reportViolation);
  return {
    ...policyOf(text),
    ...(remedies.length > 0 ? remediation : {}),
    validateResource: Object.assign(validateResource, onlyType(judgements)),
  };
}

/** The SDK takes it as an error, thousands of times in a run; nobody reads where each was made. */
function notApplicable({ notApplicable: tell }: Pick<ResourceValidationArgs, "notApplicable">): never {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return tell();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * The mark of the SDK's `validateResourceOfType`: it asks a rule of one type about no other. That function takes a
 * class, which would have to be loaded.
 */
function onlyType(judgements: readonly { readonly type?: Token }[]): { readonly __pulumiType?: Token } {
  const [type, ...others] = new Set(judgements.map((judgement) => judgement.type));
  return type === undefined || others.length > 0 ? {} : { __pulumiType: type };
}

/** A rule about how resources stand to each other, judged at the end of a preview and of an update. */
export function stackRule<const S extends Settings>(
  text: RuleText<S>,
  judge: (stack: readonly StackResource[], values: ValuesOf<S>) => Iterable<StackFinding>,
): StackRule {
  return {
    ...policyOf(text),
    validateStack: (args, reportViolation) => {
      const values = valuesOf(text.name, text.settings, args.getConfig());
      for (const finding of judge(args.resources, values)) {
        reportViolation(describeFinding(finding, finding.resource, text.fix), finding.resource?.urn);
      }
    },
  };
}

/** One after the other; an unknown value in one of them does not keep the next from being judged. */
async function* inTurn(all: readonly Findings[]): AsyncIterable<Finding> {
  const unknown: unknown[] = [];
  for (const findings of all) {
    try {
      yield* findings;
    } catch (error) {
      if (!isUnknownValue(error)) throw error;
      unknown.push(error);
    }
  }
  if (unknown.length > 0) throw unknown[0];
}

function policyOf<S extends Settings>({ fix, settings, ...text }: RuleText<S>) {
  const configured = Object.keys(settings).length > 0 ? { configSchema: configSchemaOf(settings) } : {};
  return { ...text, ...configured, enforcementLevel: "mandatory", remediationSteps: fix } as const;
}

function mended(args: ResourceValidationArgs, remedies: readonly Remedy[]) {
  const change = remedies.find(({ appliesTo }) => appliesTo(args.type))?.mend(args);
  // The SDK takes back all properties. Setting them on its own object keeps the secret ones secret.
  return change === undefined ? undefined : Object.assign(args.props, change);
}
