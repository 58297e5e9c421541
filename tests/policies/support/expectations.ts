import { expect } from "chai";

import type { AnyResource } from "../../../policies/support/resourceTypes";
import type { ResourceRule, StackRule } from "../../../policies/support/rule";
import type { StackResource } from "../../../policies/support/stack";
import { firstPreviewWithAwsx, updateWithAwsx } from "./awsx";
import { judge, judgeStack, passed, type Verdict } from "./judge";

/** The expected content of a violation. */
export interface Expected {
  readonly at: string;
  readonly value: unknown;
  readonly allowed: string;
}

export function itPasses(rule: ResourceRule, what: string, ...resources: readonly AnyResource[]): void {
  it(`passes ${what}`, async () => {
    for (const resource of resources) expect(await judge(rule, resource)).to.deep.equal(passed);
  });
}

export function itRefuses(
  rule: ResourceRule,
  what: string,
  resource: AnyResource,
  expected: Expected,
  config: object = {},
): void {
  it(`refuses ${what}`, async () => {
    expectViolation(await judge(rule, resource, config), { of: resource, ...expected });
  });
}

/**
 * Passes a stack of plain resources, and the same with a VPC of awsx: in an update by its ids, and in a first preview
 * without a violation, where the rule may wait for an id.
 */
export function itPassesStack(rule: StackRule, what: string, stack: readonly StackResource[]): void {
  it(`passes ${what}`, async () => {
    expect(await judgeStack(rule, stack)).to.deep.equal(passed);
    expect(await judgeStack(rule, updateWithAwsx(stack)), "update").to.deep.equal(passed);
    expect((await judgeStack(rule, firstPreviewWithAwsx(stack))).violations, "preview").to.deep.equal([]);
  });
}

/** Refuses a stack in the same two forms; a first preview that does not know enough does not pass it. */
export function itRefusesStack(
  rule: StackRule,
  what: string,
  stack: readonly StackResource[],
  expected: Expected & { readonly of: AnyResource | undefined },
  config: object = {},
): void {
  it(`refuses ${what}`, async () => {
    expectViolation(await judgeStack(rule, stack, config), expected);
    expectViolation(await judgeStack(rule, updateWithAwsx(stack), config), expected);
    const first = await judgeStack(rule, firstPreviewWithAwsx(stack), config);
    if (first.unknown === undefined) expectViolation(first, expected);
  });
}

/** Expects only the report that the preview does not know a property. */
export function itAwaitsUpdate(
  rule: StackRule,
  what: string,
  stack: readonly StackResource[],
  property: string,
): void {
  it(`does not judge ${what} in a first preview`, async () => {
    const { violations, unknown } = await judgeStack(rule, stack);
    expect(violations).to.deep.equal([]);
    expect(unknown).to.match(new RegExp(`at \\.${property}(\\.|$| )`));
  });
}

/** A violation states the resource, the property, its value, what is allowed and the fix. */
export function expectViolation(
  verdict: Verdict,
  { of, at, value, allowed }: Expected & { readonly of: AnyResource | undefined },
): void {
  const subject = of === undefined ? "The stack" : `${of.name} (${of.type})`;
  const shown = value === undefined ? "not set" : JSON.stringify(value);
  expect(verdict.violations, "violations").to.have.length(1);
  const [message = ""] = verdict.violations;
  const lines = message.split("\n");
  expect(lines[0]).to.equal(`${subject}: ${at} is ${shown}.`);
  expect(lines[1]).to.equal(`Allowed: ${allowed}.`);
  expect(lines[2]).to.match(/^Fix: ./);
}
