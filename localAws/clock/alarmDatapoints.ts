/** A metric's statistic within one second. */
export interface Sample {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: number;
}

/** One period of an alarm; without a value when no sample is in it. */
export interface Datapoint {
  /** The beginning of the period: epoch milliseconds. */
  readonly at: number;
  readonly value: number | undefined;
}

export type Statistic = "Average" | "Maximum" | "Minimum" | "SampleCount" | "Sum";

export interface Periods {
  readonly statistic: Statistic;
  /** The length of a period. */
  readonly milliseconds: number;
  readonly count: number;
}

/**
 * The share of the newest period that has to have passed before it counts. AWS publishes a minute's value when the
 * minute has ended. Here the minute in progress counts after 10 seconds, so that an alarm follows a load in two minutes.
 */
const countedShare = 1 / 6;
/** Two measurements of a server: a single one of a busy host may be low. */
const leastMilliseconds = 4000;

/**
 * The latest periods of a metric, newest first. They end at the newest sample; when it is older than a period, the
 * metric has stopped, and they end now.
 */
export function datapointsOf(
  samples: readonly Sample[],
  periods: Periods,
  now: number,
): readonly Datapoint[] {
  const { statistic, milliseconds, count } = periods;
  const newest = samples.reduce((latest, { at }) => Math.max(latest, at), -Infinity);
  const end = now - newest < milliseconds ? newest + 1 : now;
  // A part of a period has only a part of its sum.
  const isSum = statistic === "Sum" || statistic === "SampleCount";
  const counted = Math.min(milliseconds, Math.max(milliseconds * countedShare, leastMilliseconds));
  const first = isSum ? milliseconds : counted;
  return Array.from({ length: count }, (_, index) => {
    const from = end - first - index * milliseconds;
    const until = index === 0 ? end : from + milliseconds;
    const values = samples.filter(({ at }) => at >= from && at < until).map(({ value }) => value);
    return { at: Math.floor(from), value: values.length === 0 ? undefined : combined(values, statistic) };
  });
}

function combined(values: readonly number[], statistic: Statistic): number {
  switch (statistic) {
    case "Maximum":
      return Math.max(...values);
    case "Minimum":
      return Math.min(...values);
    case "SampleCount":
    case "Sum":
      return values.reduce((sum, value) => sum + value, 0);
    case "Average":
      return values.reduce((sum, value) => sum + value, 0) / values.length;
  }
}

export function hasValue(datapoint: Datapoint): datapoint is Sample {
  return datapoint.value !== undefined;
}
