import { unknownStringValue } from "@pulumi/policy/proxy";

import type { AnyResource, PropsOf, Token } from "../../../policies/support/resourceTypes";

/** A resource as a rule sees it; only what the test is about needs to be in it. */
export interface Fixture<T extends Token> extends AnyResource {
  readonly type: T;
  readonly props: Partial<PropsOf<T>>;
}

/** A resource of a type, with the properties that matter. */
export function fixture<T extends Token>(type: T, name: string, props: Partial<PropsOf<T>>): Fixture<T> {
  return { type, name, urn: `urn:pulumi:test::wordpress::${type}::${name}`, props };
}

/** The same resource with some properties changed; `undefined` takes one away. */
export function spoil<T extends Token>(good: Fixture<T>, change: Partial<PropsOf<T>>): Fixture<T> {
  return { ...good, props: { ...good.props, ...change } };
}

/** What the engine puts in the place of a string that a preview does not know yet. */
export const unknown = unknownStringValue;
