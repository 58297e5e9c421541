import { availableParallelism } from "node:os";

/** Maps with few calls at once, for calls that start a process. The results have the items' order. */
export async function mapLimited<T, R>(
  items: readonly T[],
  map: (item: T) => Promise<R>,
  atOnce = 2 * availableParallelism(),
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const waiting = items.map((item, index) => ({ item, index }));
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.set(next.index, await map(next.item));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
