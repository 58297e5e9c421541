import { nextRuns } from "../../components/scheduledLauncher/nextRuns";
import { parseScheduleExpression } from "../../components/scheduledLauncher/scheduleExpression";

/** When a schedule of EventBridge Scheduler calls its target; times are epoch milliseconds. */
export interface Timing {
  /** `at(…)`, `rate(…)` or `cron(…)`. */
  readonly expression: string;
  /** IANA name of the zone that `at` and `cron` speak of. */
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly created: number;
  /** No earlier call; a rate counts from here, else from its creation. Ignored by `at`. */
  readonly start?: number;
  /** No later call. Ignored by `at`. */
  readonly end?: number;
}

/**
 * The planned time of the call that is due after one instant and no later than another, if there is one.
 * Of several, as after a machine's sleep, only the last: nobody wants an hour's calls at once.
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
