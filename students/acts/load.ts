import { setTimeout as sleep } from "node:timers/promises";

import { visit, type Door } from "./visitor";

/** The wave begins with so many visitors at once for each server, */
const firstPerServer = 2;
/** and grows to this number: more would only wait in the servers' queues. */
const mostPerServer = 16;
/** While pages take less than this, servers have time left, and another visitor comes. */
const busyMilliseconds = 1_000;
const growMilliseconds = 2_000;

/** Whether another visitor has to come so that the servers have no time left. */
export function needsMore(visitors: number, servers: number, lastMilliseconds: readonly number[]): boolean {
  if (visitors >= servers * mostPerServer) return false;
  const sorted = lastMilliseconds.toSorted((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)];
  return median === undefined || median < busyMilliseconds;
}

/** A wave of visitors. */
export interface Wave {
  /** Waits for the last visits. @returns how many pages were asked for, and how many arrived */
  readonly end: () => Promise<{ readonly visits: number; readonly served: number }>;
}

/**
 * Loads the servers as a wave of visitors does: every visit asks for a page that no cache has. The load is on the
 * site's CPUs after a few seconds, and it ends with this process.
 */
export function startWave(door: Door, servers: number, stop: AbortSignal): Wave {
  const ended = new AbortController();
  const isOver = (): boolean => ended.signal.aborted || stop.aborted;
  const visitors: Promise<void>[] = [];
  const last: number[] = [];
  let visits = 0;
  let served = 0;
  const come = async (): Promise<void> => {
    while (!isOver()) {
      const { milliseconds, isServed } = await visit(door, ended.signal);
      if (isOver()) return;
      visits += 1;
      if (isServed) served += 1;
      last.push(milliseconds);
      if (last.length > visitors.length * 2) last.shift();
      // A site that refuses at once needs no more refusals.
      if (!isServed) await sleep(growMilliseconds);
    }
  };
  const add = (): void => {
    const visitor = come();
    // `end` reports it; until then it must not end the process.
    visitor.catch(() => undefined);
    visitors.push(visitor);
  };
  for (let count = 0; count < servers * firstPerServer; count += 1) add();
  const growing = setInterval(() => {
    if (!isOver() && needsMore(visitors.length, servers, last)) add();
  }, growMilliseconds);
  return {
    end: async () => {
      ended.abort();
      clearInterval(growing);
      await Promise.all(visitors);
      return { visits, served };
    },
  };
}
