import { nextRuns } from "../../components/schedules/nextRuns";
import { parseScheduleExpression } from "../../components/schedules/scheduleExpression";

const yearMilliseconds = 366 * 24 * 3_600_000;
/** Enough for one run a day in a year; a schedule that runs more often is compared for as many runs. */
const mostRuns = 400;

/** A year of runs takes a tenth of a second, and the students of a class have the same schedule. */
const known = new Map<string, readonly number[]>();

/**
 * The runs in the year after an instant, epoch milliseconds: a schedule that is right only in winter differs.
 * @throws InvalidScheduleError
 */
export function runsInYear(
  { expression, timeZone }: { readonly expression: string; readonly timeZone: string },
  from: number,
): readonly number[] {
  const key = `${from} ${timeZone} ${expression}`;
  const runs =
    known.get(key) ??
    nextRuns(parseScheduleExpression(expression), { timeZone, from, count: mostRuns }).filter(
      (run) => run <= from + yearMilliseconds,
    );
  known.set(key, runs);
  return runs;
}

/** `2026-12-01 09:00 Asia/Seoul` */
export function localTime(instant: number, timeZone: string): string {
  const text = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  }).format(instant);
  return `${text} ${timeZone}`;
}
