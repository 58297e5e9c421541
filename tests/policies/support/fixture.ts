import { unknownStringValue } from "@pulumi/policy/proxy";

import type { AnyResource, PropsOf, Token } from "../../../policies/support/resourceTypes";
import type { StackResource } from "../../../policies/support/stack";

/** A resource as a rule sees it; only what the test is about needs to be in it. */
export interface Fixture<T extends Token> extends AnyResource {
  readonly type: T;
  readonly props: Partial<PropsOf<T>>;
}

/** A resource of a type, with the properties that matter. */
export function fixture<T extends Token>(type: T, name: string, props: Partial<PropsOf<T>> = {}): Fixture<T> {
  return { type, name, urn: urnOf(type, name), props };
}

/** A resource of a type that the rules know only by its token. */
export function anyFixture(type: string, name: string, props: object = {}): AnyResource {
  return { type, name, urn: urnOf(type, name), props };
}

/** The same resource with some properties changed; `undefined` takes one away. */
export function spoil<T extends Token>(good: Fixture<T>, change: Partial<PropsOf<T>>): Fixture<NoInfer<T>> {
  return { ...good, props: { ...good.props, ...change } };
}

/** A resource among others: which of them each of its properties was made from. */
export function among<Resource extends AnyResource>(
  resource: Resource,
  propertyDependencies: StackResource["propertyDependencies"],
): Resource & StackResource {
  return { ...resource, propertyDependencies };
}

/** What the engine puts in the place of a string that a preview does not know yet. */
export const unknown = unknownStringValue;

function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::wordpress::${type}::${name}`;
}
