import { setTimeout as sleep } from "node:timers/promises";

import type { Acting } from "../rubric/exercise";

/** The first wait between two looks, and the longest. Waits grow, so that a long act asks AWS seldom. */
const firstMilliseconds = 1_000;
const longestMilliseconds = 5_000;
const growth = 1.1;

/** What was waited for, and how long it took. */
export interface Waited<Found> {
  readonly found: Found;
  readonly seconds: number;
}

/**
 * Looks again and again until there is an answer.
 *
 * @param seconds the longest time, for a patience of 1
 * @returns undefined when the time is over
 * @throws the signal's reason after a stop
 */
export async function until<Found>(
  { stop, patience = 1 }: Pick<Acting, "stop" | "patience">,
  seconds: number,
  look: () => Promise<Found | undefined>,
): Promise<Waited<Found> | undefined> {
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1_000;
  for (let pause = firstMilliseconds; ; pause = Math.min(longestMilliseconds, pause * growth)) {
    stop.throwIfAborted();
    const found = await look();
    if (found !== undefined) return { found, seconds: elapsed() };
    if (elapsed() + pause / 1_000 > seconds * patience) return undefined;
    await sleep(pause, undefined, { signal: stop });
  }
}
