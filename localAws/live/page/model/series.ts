import type { Series } from "./page";

/**
 * Adds an answer about a later range of time to what is known: its points replace those of the same time and later,
 * because CloudWatch completes its newest period until the period is over.
 */
export function extended(known: Series, answer: Series, oldest: number): Series {
  const first = answer[0]?.[0] ?? Number.POSITIVE_INFINITY;
  return [...known.filter(([at]) => at < first), ...answer].filter(([at]) => at >= oldest);
}

/** The shortest time between two points, in seconds; null before there are two. */
export function periodSecondsOf(...all: readonly Series[]): number | null {
  const gaps = all.flatMap((series) => series.slice(1).map(([at], index) => at - (series[index]?.[0] ?? at)));
  const shortest = Math.min(...gaps.filter((gap) => gap > 0));
  return Number.isFinite(shortest) ? shortest / 1000 : null;
}

/** A series of sums as values per second, with 0 where another series has a value: CloudWatch leaves zeros out. */
export function perSecond(series: Series, times: readonly number[], periodSeconds: number): Series {
  const sums = new Map(series);
  return times.map((at) => [at, (sums.get(at) ?? 0) / periodSeconds]);
}

/** The times of every period from the first point of the series to the last one, or to a later time. */
export function timesOf(all: readonly Series[], periodSeconds: number, until = 0): readonly number[] {
  const times = all.flat().map(([at]) => at);
  if (times.length === 0) return [];
  const step = periodSeconds * 1000;
  const first = Math.min(...times);
  const count = Math.floor((Math.max(...times, until) - first) / step) + 1;
  return Array.from({ length: count }, (_, index) => first + index * step);
}

/** A point in time at which a series passes a level. */
export interface Crossing {
  readonly at: number;
  readonly value: number;
  readonly side: "above" | "below";
}

/** When the series rises above `high`, and when it falls below `low`. What lies between changes nothing. */
export function crossingsOf(series: Series, high: number, low: number): readonly Crossing[] {
  const crossings: Crossing[] = [];
  let side: Crossing["side"] | undefined;
  for (const [at, value] of series) {
    const now = value > high ? "above" : value < low ? "below" : side;
    // A series that begins below its target has not fallen.
    const isNews = now !== undefined && now !== side && !(side === undefined && now === "below");
    if (isNews) crossings.push({ at, value, side: now });
    side = now;
  }
  return crossings;
}
