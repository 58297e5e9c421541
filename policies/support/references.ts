import type { Token } from "./resourceTypes";
import { allOf, referredTo, type StackResource, type StackResourceOf } from "./stack";
import { tryRead } from "./unknown";

/**
 * The stack's resources to which a property refers by their ids.
 *
 * Known ids decide alone: every output of `awsx.ec2.Vpc` depends on every subnet, so its dependencies do not show which
 * subnet it has. A preview of a new stack knows no id; there the dependencies are the resources that the property may
 * refer to.
 */
export interface References<T extends Token> {
  /** The resources that the property refers to. */
  readonly certain: readonly StackResourceOf<T>[];
  /** The resources that it may refer to, the certain ones included. */
  readonly possible: readonly StackResourceOf<T>[];
  /** The policy SDK's error about the unknown ids; `undefined` when these do not matter. */
  readonly unknown: Error | undefined;
  /**
   * The policy SDK's error, when there are as many unknown ids as resources and each is therefore taken to be referred
   * to: `[first, first]`, where `first` is chosen from both, has two unknown ids, too.
   */
  readonly assumed?: Error | undefined;
}

/** Where a property has its ids, and which property of the resources they equal. */
interface Place {
  /** The member with the id, if the property is a list of objects. */
  readonly member?: string;
  readonly key?: string;
}

/** The references of one property, which has an id or a list of ids, to resources of one type, or of several. */
export function referencesOf<T extends Token>(
  stack: readonly StackResource[],
  resource: StackResource,
  property: string,
  tokens: T | readonly T[],
  { member, key = "id" }: Place = {},
): References<T> {
  const { ids, unknowns, error, absent } = idsIn(resource, property, member);
  const all = typeof tokens === "string" ? [tokens] : tokens;
  const known = all
    .flatMap((token) => allOf(stack, token))
    .filter((each) => {
      const id = idOf(each, key);
      return id !== undefined && ids.includes(id);
    });
  const candidates = all
    .flatMap((token) => referredTo(resource, property, token))
    .filter(({ urn }) => !known.some((each) => each.urn === urn));
  if (error === undefined) {
    const certain = absent ? candidates : known;
    return { certain, possible: certain, unknown: undefined, assumed: undefined };
  }
  const possible = [...known, ...candidates];
  // As many unknown ids as candidates: each is referred to. A single candidate is, whatever the number of ids.
  const settled = candidates.length <= Math.max(unknowns, 1);
  return settled
    ? { certain: possible, possible, unknown: undefined, assumed: candidates.length > 1 ? error : undefined }
    : { certain: known, possible, unknown: error, assumed: undefined };
}

/** The references of several properties together. */
export function mergeReferences<T extends Token>(all: readonly References<T>[]): References<T> {
  return {
    certain: all.flatMap(({ certain }) => certain),
    possible: all.flatMap(({ possible }) => possible),
    unknown: all.find(({ unknown }) => unknown !== undefined)?.unknown,
    assumed: all.find(({ assumed }) => assumed !== undefined)?.assumed,
  };
}

interface Ids {
  readonly ids: readonly string[];
  /** The number of unknown ids; 0 for a list of unknown length. */
  readonly unknowns: number;
  readonly error: Error | undefined;
  /** Whether there is no value: then only the dependencies show the references. */
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
