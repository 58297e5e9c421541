import { isSet } from "./isSet";
import { isResource, type AnyResource, type ResourceOf, type Token } from "./resourceTypes";
import { tryRead } from "./unknown";

/** A resource with its dependencies, as the policy SDK shows it at the end of a run. */
export interface StackResource extends AnyResource {
  /** The resources from which each property comes. A preview knows them even if the value is unknown. */
  readonly propertyDependencies: Readonly<Record<string, readonly StackResource[]>>;
}

export type StackResourceOf<T extends Token> = StackResource & ResourceOf<T>;

/** The stack's resources of one type. */
export function allOf<T extends Token>(
  stack: readonly StackResource[],
  token: T,
): readonly StackResourceOf<T>[] {
  return stack.filter((resource) => isResource(resource, token));
}

/** The resources of one type that a property refers to, each once. */
export function referredTo<T extends Token>(
  resource: StackResource,
  property: string,
  token: T,
): readonly StackResourceOf<T>[] {
  return allOf(resource.propertyDependencies[property] ?? [], token);
}

/** Whether a property refers to a certain resource. */
export function refersTo(resource: StackResource, property: string, to: StackResource): boolean {
  return (resource.propertyDependencies[property] ?? []).some(({ urn }) => urn === to.urn);
}

/**
 * Whether the program sets a property, to a known value or to another resource's output. A preview shows a property that
 * the provider computes as an unknown value too.
 */
export function isGiven({ props, propertyDependencies }: StackResource, property: string): boolean {
  if (!isSet(props, property)) return false;
  const value = tryRead((): unknown => Reflect.get(props, property));
  return value.known || (propertyDependencies[property] ?? []).length > 0;
}
