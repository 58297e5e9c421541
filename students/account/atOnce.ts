import { mapLimited } from "../pool/mapLimited";

/**
 * Does the work for every item, so many at once, in order of the items.
 * @returns the results in the order of the items; undefined for items that were not started before the stop
 */
export function atOnce<Item, Result>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Promise<Result>,
  stop: AbortSignal,
): Promise<readonly (Result | undefined)[]> {
  return mapLimited(items, (item) => (stop.aborted ? Promise.resolve(undefined) : work(item)), size);
}
