/**
 * Does the work for every item, so many at once, in order of the items.
 * @returns the results in the order of the items; undefined for items that were not started before the stop
 */
export async function atOnce<Item, Result>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Promise<Result>,
  stop: AbortSignal,
): Promise<readonly (Result | undefined)[]> {
  const results = new Map<number, Result>();
  const waiting = items.map((item, index) => [index, item] as const);
  const lane = async () => {
    while (!stop.aborted) {
      const next = waiting.shift();
      if (next === undefined) break;
      const [index, item] = next;
      results.set(index, await work(item));
    }
  };
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, lane));
  return items.map((_, index) => results.get(index));
}
