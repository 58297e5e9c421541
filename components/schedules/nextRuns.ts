import { daysOfMonth } from "./cronDays";
import type { CronExpression } from "./cronExpression";
import type { ScheduleExpression } from "./scheduleExpression";
import { instantAt, wallTimeAt, type WallTime } from "./wallClock";

/** The latest instant that a Date can represent. */
const latestInstant = 8_640_000_000_000_000;

export interface NextRunsOptions {
  /** IANA name of the time zone of `at` and `cron`. */
  readonly timeZone: string;
  /** Only runs strictly after this instant (epoch milliseconds). */
  readonly from: number;
  /** The maximum number of runs. */
  readonly count: number;
  /**
   * When a rate begins: the schedule's start date, or its creation (AWS then also invokes the target at once).
   * @default from
   */
  readonly start?: number;
}

/**
 * The next runs, as epoch milliseconds in order; fewer than `count` if the schedule ends.
 *
 * Clock changes as in EventBridge Scheduler: a time in the skipped hour does not run, a time in the repeated hour runs
 * once (the first time), and a rate counts elapsed hours, so that its day always has 24 hours.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function nextRuns(expression: ScheduleExpression, options: NextRunsOptions): readonly number[] {
  switch (expression.kind) {
    case "at":
      return runsAt([expression.wallTime], options);
    case "rate":
      return runsAtRate(expression.everyMilliseconds, options);
    case "cron":
      return runsAt(wallTimesFrom(expression.cron, wallTimeAt(options.from, options.timeZone)), options);
  }
}

function runsAtRate(every: number, { from, count, start = from }: NextRunsOptions): readonly number[] {
  const first = Math.max(0, Math.floor((from - start) / every) + 1);
  return Array.from({ length: count }, (_, nth) => start + (first + nth) * every).filter(
    (instant) => instant <= latestInstant,
  );
}

function runsAt(
  wallTimes: Iterable<WallTime>,
  { timeZone, from, count }: NextRunsOptions,
): readonly number[] {
  const runs: number[] = [];
  if (count < 1) return runs;
  for (const wallTime of wallTimes) {
    const instant = instantAt(wallTime, timeZone);
    if (instant === undefined || instant <= from) continue;
    runs.push(instant);
    if (runs.length === count) break;
  }
  return runs;
}

function* wallTimesFrom(cron: CronExpression, from: WallTime): Generator<WallTime> {
  for (const day of daysFrom(cron, from)) {
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        yield day + (hour * 60 + minute) * 60_000;
      }
    }
  }
}

/** Midnights of the days that the expression selects, starting with the day of `from`. */
function* daysFrom({ days, months, years }: CronExpression, from: WallTime): Generator<WallTime> {
  const firstDay = new Date(from).setUTCHours(0, 0, 0, 0);
  const firstYear = new Date(from).getUTCFullYear();
  for (const year of years) {
    if (year < firstYear) continue;
    for (const month of months) {
      for (const day of daysOfMonth(days, year, month)) {
        const midnight = Date.UTC(year, month - 1, day);
        if (midnight >= firstDay) yield midnight;
      }
    }
  }
}
