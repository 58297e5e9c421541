import { makeCacheFolders } from "./folders";
import type { Progress } from "./layer";
import { clearLeftovers } from "./leftovers";
import { takeTurn } from "./turn";

/**
 * Locks the cache, removes what a killed run left in it, and does the work. @param work receives the open lock file,
 * for the processes that use the cache
 */
export async function withCache<T>(work: (lock: number) => Promise<T>, progress: Progress): Promise<T> {
  makeCacheFolders();
  const turn = await takeTurn(progress);
  try {
    await clearLeftovers();
    return await work(turn.lock);
  } finally {
    turn.end();
  }
}
