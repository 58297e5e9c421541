import { unknownStringValue } from "@pulumi/policy/proxy";

import type { AnyResource, PropsOf, Token } from "../../../policies/support/resourceTypes";
import type { StackResource } from "../../../policies/support/stack";

/** A resource as a rule sees it, with only the properties that the test needs. */
export interface Fixture<T extends Token> extends AnyResource {
  readonly type: T;
  readonly props: Partial<PropsOf<T>>;
}

/** A resource of a type. */
export function fixture<T extends Token>(type: T, name: string, props: Partial<PropsOf<T>> = {}): Fixture<T> {
  return { type, name, urn: urnOf(type, name), props };
}

/** A resource of a type that rules know only by its token. */
export function anyFixture(type: string, name: string, props: object = {}): AnyResource {
  return { type, name, urn: urnOf(type, name), props };
}

/** The resource with changed properties; `undefined` removes one. */
export function spoil<T extends Token>(good: Fixture<T>, change: Partial<PropsOf<T>>): Fixture<NoInfer<T>> {
  return { ...good, props: { ...good.props, ...change } };
}

/** A resource with the resources from which each of its properties comes. */
export function among<Resource extends AnyResource>(
  resource: Resource,
  propertyDependencies: StackResource["propertyDependencies"],
): Resource & StackResource {
  return { ...resource, propertyDependencies };
}

/** The engine's placeholder for a string that a preview does not know. */
export const unknown = unknownStringValue;

function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::wordpress::${type}::${name}`;
}
