import type { Token } from "./resourceTypes";
import { allOf, referredTo, type StackResource, type StackResourceOf } from "./stack";
import { tryRead } from "./unknown";

/**
 * The stack's resources that a property holds the ids of.
 *
 * Once the ids are known they decide, and nothing else: `awsx.ec2.Vpc` makes every output depend on every subnet,
 * so dependencies do not say which one an output holds. A preview of a new stack knows no id, and there the
 * dependencies say which resources the property may hold.
 */
export interface References<T extends Token> {
  /** The resources that the property holds. */
  readonly certain: readonly StackResourceOf<T>[];
  /** The resources that it may hold, with the certain ones. */
  readonly possible: readonly StackResourceOf<T>[];
  /** The policy SDK's error about the ids that the preview does not know; `undefined` when it matters no more. */
  readonly unknown: Error | undefined;
}

/** Where a property's ids are, and which property of the resources they identify equals them. */
interface Place {
  /** The member that has the id, where the property is a list of objects. */
  readonly member?: string;
  readonly key?: string;
}

/** What one property of a resource, a single id or a list of them, holds of one type. */
export function referencesOf<T extends Token>(
  stack: readonly StackResource[],
  resource: StackResource,
  property: string,
  token: T,
  { member, key = "id" }: Place = {},
): References<T> {
  const { ids, unknowns, error, absent } = idsIn(resource, property, member);
  const known = allOf(stack, token).filter((each) => {
    const id = idOf(each, key);
    return id !== undefined && ids.includes(id);
  });
  const candidates = referredTo(resource, property, token).filter(
    ({ urn }) => !known.some((each) => each.urn === urn),
  );
  if (error === undefined) {
    const certain = absent ? candidates : known;
    return { certain, possible: certain, unknown: undefined };
  }
  const possible = [...known, ...candidates];
  // As many places as candidates: every candidate has one. A single candidate has it whatever their number.
  const settled = candidates.length <= Math.max(unknowns, 1);
  return settled
    ? { certain: possible, possible, unknown: undefined }
    : { certain: known, possible, unknown: error };
}

/** What several properties hold together. */
export function mergeReferences<T extends Token>(all: readonly References<T>[]): References<T> {
  return {
    certain: all.flatMap(({ certain }) => certain),
    possible: all.flatMap(({ possible }) => possible),
    unknown: all.find(({ unknown }) => unknown !== undefined)?.unknown,
  };
}

interface Ids {
  readonly ids: readonly string[];
  /** How many ids are not known yet; 0 for a list of unknown length. */
  readonly unknowns: number;
  readonly error: Error | undefined;
  /** Whether there is no value at all: then only the dependencies say what the property was made from. */
  readonly absent: boolean;
}

function idsIn({ props }: StackResource, property: string, member: string | undefined): Ids {
  const whole = tryRead((): unknown => Reflect.get(props, property));
  if (!whole.known) return { ids: [], unknowns: 0, error: whole.error, absent: false };
  const list = Array.isArray(whole.value) ? whole.value : [whole.value];
  const ids: string[] = [];
  const errors: Error[] = [];
  for (const index of list.keys()) {
    const id = tryRead(() => memberOf(list.at(index), member));
    if (!id.known) errors.push(id.error);
    else if (typeof id.value === "string") ids.push(id.value);
  }
  return { ids, unknowns: errors.length, error: errors[0], absent: whole.value === undefined };
}

function memberOf(value: unknown, member: string | undefined): unknown {
  if (member === undefined) return value;
  return typeof value === "object" && value !== null ? Reflect.get(value, member) : undefined;
}

function idOf({ props }: StackResource, key: string): string | undefined {
  const id = tryRead((): unknown => Reflect.get(props, key));
  return id.known && typeof id.value === "string" && id.value !== "" ? id.value : undefined;
}
