import type { PolicyResource, PolicyResourceOptions, ResourceValidationArgs } from "@pulumi/policy";
import { deserializeProperties, serializeProperties } from "@pulumi/policy/deserialize";
import { unknownCheckingProxy, UnknownValueError } from "@pulumi/policy/proxy";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { z } from "zod";

import type { AnyResource } from "../../../policies/support/resourceTypes";
import type { ResourceRule, StackRule } from "../../../policies/support/rule";
import type { StackResource } from "../../../policies/support/stack";

/** A rule's result for a resource or a stack. */
export interface Verdict {
  readonly violations: readonly string[];
  /** The unknown value that the rule read. */
  readonly unknown: string | undefined;
  readonly applicable: boolean;
}

export const passed: Verdict = { violations: [], unknown: undefined, applicable: true };
export const notApplicable: Verdict = { ...passed, applicable: false };

class NotApplicable extends Error {}

/** One for all: a stack trace for each resource of each rule would take longer than the rules. */
const notApplicableError = new NotApplicable();

/** Runs a resource rule on one resource, as the policy SDK does. */
export async function judge(
  rule: ResourceRule | StackRule,
  resource: AnyResource,
  config: object = {},
): Promise<Verdict> {
  const { validateResource } = rule;
  if (typeof validateResource !== "function") throw new TypeError(`${rule.name} has no single validation`);
  return await verdictOf(async (report) => {
    await validateResource(argsOf(resource, config), report);
  });
}

/** Runs a stack rule on a stack, as the policy SDK does. */
export async function judgeStack(
  rule: StackRule,
  stack: readonly StackResource[],
  config: object = {},
): Promise<Verdict> {
  return await verdictOf(async (report) => {
    await rule.validateStack(
      { resources: shown(stack), stackTags: new Map(), getConfig: giving(config), notApplicable },
      report,
    );
  });

  function notApplicable(): never {
    throw notApplicableError;
  }
}

/**
 * The properties after a rule's remediation; undefined when it changes nothing. The rule reads and returns them as in
 * the policy SDK: in proxies that keep secrets, which allow less than plain objects do.
 */
export async function remediate(
  rule: ResourceRule,
  resource: AnyResource,
  config: object = {},
): Promise<unknown> {
  const { remediateResource } = rule;
  if (remediateResource === undefined) throw new TypeError(`${rule.name} has no remediation`);
  const props = deserializeProperties(Struct.fromJavaScript(plain.parse({ ...resource.props })), true);
  let remediated: unknown;
  const { unknown } = await verdictOf(async () => {
    const result = await remediateResource(argsOf({ ...resource, props }, config));
    if (typeof result === "object") remediated = await serializeProperties(result);
  });
  if (unknown !== undefined) throw new Error(unknown);
  return remediated;
}

/** The values that the protocol can carry: not `undefined`. */
const plain = z.record(z.string(), z.json().optional()).transform((props) => {
  const given = Object.entries(props).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(given);
});

async function verdictOf(run: (report: (message: string) => void) => Promise<void>): Promise<Verdict> {
  const violations: string[] = [];
  try {
    await run((message) => violations.push(message));
  } catch (error) {
    if (error instanceof NotApplicable) return { violations, unknown: undefined, applicable: false };
    if (error instanceof UnknownValueError) return { violations, unknown: error.message, applicable: true };
    throw error;
  }
  return { violations, unknown: undefined, applicable: true };
}

const opts: PolicyResourceOptions = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

const optsOf = (given: AnyResource["opts"]): PolicyResourceOptions => ({
  ...opts,
  ...given,
  ignoreChanges: [...(given?.ignoreChanges ?? [])],
});

const classless = { isType: () => refuse("isType"), asType: () => refuse("asType") };

function argsOf(
  { type, name, urn, props, provider, opts }: AnyResource,
  config: object,
): ResourceValidationArgs {
  return {
    type,
    name,
    urn,
    props: unknownCheckingProxy(props),
    ...(provider === undefined ? {} : { provider: { type: "", name: "", urn: "", ...provider } }),
    opts: optsOf(opts),
    stackTags: new Map(),
    ...classless,
    getConfig: giving(config),
    notApplicable: () => {
      throw notApplicableError;
    },
  };
}

/** The stack as the SDK shows it: properties that throw when a value is unknown, and links between resources. */
function shown(stack: readonly StackResource[]): PolicyResource[] {
  const all = new Map(stack.map((resource) => [resource.urn, shownAlone(resource)]));
  for (const { urn, propertyDependencies } of stack) {
    for (const [property, dependencies] of Object.entries(propertyDependencies)) {
      const links = dependencies.map((each) => all.get(each.urn));
      const missing = dependencies.find((each) => !all.has(each.urn));
      if (missing !== undefined) throw new Error(`${missing.name} is not in the stack`);
      Object.assign(all.get(urn)?.propertyDependencies ?? {}, { [property]: links });
    }
  }
  return [...all.values()];
}

function shownAlone({ type, name, urn, props, opts }: StackResource): PolicyResource {
  return {
    type,
    name,
    urn,
    props: unknownCheckingProxy({ ...props }),
    opts: optsOf(opts),
    dependencies: [],
    propertyDependencies: {},
    ...classless,
  };
}

/** Returns the configuration as the type that a rule asks for, as the policy SDK does. */
function giving(config: object): ResourceValidationArgs["getConfig"];
function giving(config: object): () => object {
  return () => config;
}

function refuse(name: string): never {
  throw new Error(`A rule called ${name}, which needs a class of @pulumi/aws.`);
}
