/**
 * Whether an error is the policy SDK's about a value that a preview does not know. The SDK throws it when a rule reads
 * the value, and reports an advisory "can't run policy during preview" when the rule does not catch it. No rule may
 * swallow it, and a rule should still judge the known values.
 */
export function isUnknownValue(error: unknown): error is Error {
  // The SDK does not export the error's class.
  return error instanceof Error && "unknownTypeSentinel" in error;
}

/** A value, or the policy SDK's error if a preview does not know it. */
export type ReadResult<Value> =
  { readonly known: true; readonly value: Value } | { readonly known: false; readonly error: Error };

/** Reads a value that a preview may not know. A rule that cannot judge without it throws the error. */
export function tryRead<Value>(read: () => Value): ReadResult<Value> {
  try {
    return { known: true, value: read() };
  } catch (error) {
    if (!isUnknownValue(error)) throw error;
    return { known: false, error };
  }
}

/** Judges every item, and throws for an unknown one only at the end, so that findings about known items are reported. */
export function* judgeEach<Item, Finding>(
  items: readonly Item[],
  judge: (item: Item, index: number) => Iterable<Finding>,
): Iterable<Finding> {
  const unknown: unknown[] = [];
  for (const index of items.keys()) {
    try {
      // Reading the item may throw, so for…of does not work. Nor does slice: methods that create a new array fail on
      // the array that the policy SDK passes to a remediation, a proxy of a proxy.
      const item = items.at(index);
      if (item !== undefined) yield* judge(item, index);
    } catch (error) {
      if (!isUnknownValue(error)) throw error;
      unknown.push(error);
    }
  }
  if (unknown.length > 0) throw unknown[0];
}

/** As {@link judgeEach}, for items that are read one by one. An unknown item ends the reading. */
export function* judgeAll<Item, Finding>(
  items: Iterable<Item>,
  judge: (item: Item) => Iterable<Finding>,
): Iterable<Finding> {
  const unknown: unknown[] = [];
  try {
    for (const item of items) {
      try {
        yield* judge(item);
      } catch (error) {
        if (!isUnknownValue(error)) throw error;
        unknown.push(error);
      }
    }
  } catch (error) {
    if (!isUnknownValue(error)) throw error;
    unknown.push(error);
  }
  if (unknown.length > 0) throw unknown[0];
}

/** The items before an unknown value, and the policy SDK's error about it. */
export function collect<Item>(items: Iterable<Item>): {
  readonly items: readonly Item[];
  readonly unknown: Error | undefined;
} {
  const collected: Item[] = [];
  try {
    for (const item of items) collected.push(item);
  } catch (error) {
    if (!isUnknownValue(error)) throw error;
    return { items: collected, unknown: error };
  }
  return { items: collected, unknown: undefined };
}

/** One after the other; the next is judged even if a value in the one before is unknown. */
export async function* judgeInTurn<Finding>(
  all: readonly (() => Iterable<Finding> | AsyncIterable<Finding>)[],
): AsyncIterable<Finding> {
  const unknown: unknown[] = [];
  for (const findings of all) {
    try {
      yield* findings();
    } catch (error) {
      if (!isUnknownValue(error)) throw error;
      unknown.push(error);
    }
  }
  if (unknown.length > 0) throw unknown[0];
}
