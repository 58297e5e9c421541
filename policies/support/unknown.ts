/**
 * What a preview does not know yet: the policy SDK throws on reading such a value, and answers for a rule that
 * lets the error through with an advisory "can't run policy during preview". So no rule may swallow it, and
 * none should let one unknown value keep it from judging the known ones.
 */
export function isUnknownValue(error: unknown): error is Error {
  // The SDK does not export the error's class.
  return error instanceof Error && "unknownTypeSentinel" in error;
}

/** A value, or the policy SDK's error where a preview does not know it. */
export type ReadResult<Value> =
  { readonly known: true; readonly value: Value } | { readonly known: false; readonly error: Error };

/** Reads what a preview may not know. A rule that needs the value throws the error; one that can judge without it does not. */
export function tryRead<Value>(read: () => Value): ReadResult<Value> {
  try {
    return { known: true, value: read() };
  } catch (error) {
    if (!isUnknownValue(error)) throw error;
    return { known: false, error };
  }
}

/** Judges every item, an unknown one last: what is wrong with the known ones is reported all the same. */
export function* judgeEach<Item, Finding>(
  items: readonly Item[],
  judge: (item: Item, index: number) => Iterable<Finding>,
): Iterable<Finding> {
  const unknown: unknown[] = [];
  for (const index of items.keys()) {
    try {
      // Reading the item is what may throw, so it cannot be left to a for…of. Nor to slice: what makes a new array
      // fails on the array that the policy SDK hands to a remedy, a proxy of a proxy.
      const item = items.at(index);
      if (item !== undefined) yield* judge(item, index);
    } catch (error) {
      if (!isUnknownValue(error)) throw error;
      unknown.push(error);
    }
  }
  if (unknown.length > 0) throw unknown[0];
}
