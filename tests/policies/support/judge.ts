import type { PolicyResourceOptions, ResourceValidationArgs } from "@pulumi/policy";
import { unknownCheckingProxy, UnknownValueError } from "@pulumi/policy/proxy";
import { expect } from "chai";

import type { AnyResource } from "../../../policies/support/resourceTypes";
import type { ResourceRule } from "../../../policies/support/rule";

/** What a rule makes of a resource or a stack. */
export interface Verdict {
  readonly violations: readonly string[];
  /** What a preview did not know and the rule asked for. */
  readonly unknown: string | undefined;
  readonly applicable: boolean;
}

export const passed: Verdict = { violations: [], unknown: undefined, applicable: true };
export const notApplicable: Verdict = { ...passed, applicable: false };

class NotApplicable extends Error {}

/** Runs a resource rule on one resource, as the policy SDK does. */
export async function judge(
  rule: ResourceRule,
  resource: AnyResource,
  config: object = {},
): Promise<Verdict> {
  const { validateResource } = rule;
  if (typeof validateResource !== "function") throw new TypeError(`${rule.name} has not one validation`);
  return await verdictOf(async (report) => {
    await validateResource(argsOf(resource, config), report);
  });
}

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

const options: PolicyResourceOptions = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

function argsOf({ type, name, urn, props }: AnyResource, config: object): ResourceValidationArgs {
  return {
    type,
    name,
    urn,
    props: unknownCheckingProxy({ ...props }),
    opts: options,
    stackTags: new Map(),
    isType: () => refuse("isType"),
    asType: () => refuse("asType"),
    getConfig: giving(config),
    notApplicable: () => {
      throw new NotApplicable();
    },
  };
}

/** Hands out the configuration as whatever type a rule says it has, as the policy SDK does. */
function giving(config: object): ResourceValidationArgs["getConfig"];
function giving(config: object): () => object {
  return () => config;
}

function refuse(name: string): never {
  throw new Error(`A rule called ${name}, which needs a class of @pulumi/aws.`);
}

/** A violation says whose property it is, what stands there and how to mend it. */
export function expectViolation(
  verdict: Verdict,
  expected: {
    readonly of: AnyResource;
    readonly at: string;
    readonly value: unknown;
    readonly allowed: string;
  },
): void {
  const { of, at, value, allowed } = expected;
  const shown = value === undefined ? "not set" : JSON.stringify(value);
  expect(verdict.violations, "violations").to.have.length(1);
  const [message = ""] = verdict.violations;
  const lines = message.split("\n");
  expect(lines[0]).to.equal(`${of.name} (${of.type}): ${at} is ${shown}.`);
  expect(lines[1]).to.equal(`Allowed: ${allowed}.`);
  expect(lines[2]).to.match(/^Fix: ./);
}
