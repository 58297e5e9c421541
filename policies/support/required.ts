import type { StackFinding } from "./finding";
import type { AnyResource } from "./resourceTypes";

/**
 * A resource without a property that its type requires. The provider refuses it before a rule judges it; an exported state
 * or a direct call has no provider.
 */
export class MissingProperty extends Error {
  override readonly name = "MissingProperty";

  /**
   * @param at the property, as in a program
   * @param resource its resource, where a rule judges a whole stack
   */
  constructor(
    readonly at: string,
    readonly resource: AnyResource | undefined,
  ) {
    super(`${at} is not set`);
  }
}

/**
 * The value of a property that the resource's type requires.
 *
 * @throws MissingProperty, which a rule reports as a violation
 */
export function required<Value>(value: Value | undefined, at: string, resource?: AnyResource): Value {
  if (value === undefined) throw new MissingProperty(at, resource);
  return value;
}

/** The finding about a property that is missing; throws every other error again. */
export function missingIn(error: unknown): StackFinding {
  if (!(error instanceof MissingProperty)) throw error;
  const fix = `Set ${error.at}; the provider refuses a resource without it.`;
  const { at, resource } = error;
  return { at, resource, value: undefined, allowed: "a value: the resource's type requires it", fix };
}
