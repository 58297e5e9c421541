import { nextRuns } from "../../components/schedules/nextRuns";
import { parseScheduleExpression } from "../../components/schedules/scheduleExpression";

/** The times at which a schedule of EventBridge Scheduler calls its target; all are epoch milliseconds. */
export interface Timing {
  /** `at(…)`, `rate(…)` or `cron(…)`. */
  readonly expression: string;
  /** IANA name of the time zone of `at` and `cron`. */
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly created: number;
  /** No call is earlier. A rate counts from here, or else from the creation. `at` ignores it. */
  readonly start?: number;
  /** No call is later. `at` ignores it. */
  readonly end?: number;
}

/**
 * The planned time of the call that is due after one instant and no later than another, if there is one. Of several
 * calls, for example after the machine slept, only the last: an hour's calls at once would help no user.
 */
export function dueRun(timing: Timing, after: number, until: number): number | undefined {
  if (!timing.enabled) return undefined;
  const expression = parseScheduleExpression(timing.expression);
  const bounded = expression.kind !== "at";
  const start = timing.start ?? timing.created;
  let due: number | undefined;
  let from = bounded && timing.start !== undefined ? Math.max(after, timing.start - 1) : after;
  for (;;) {
    const [next] = nextRuns(expression, { timeZone: timing.timeZone, from, count: 1, start });
    if (next === undefined || next > until) return due;
    if (bounded && timing.end !== undefined && next > timing.end) return due;
    due = next;
    from = next;
  }
}
