import { recurrenceRuns } from "../../components/schedules/recurrence";

/** The times at which a group's scheduled action runs; all are epoch milliseconds. */
export interface ActionTiming {
  /** Five fields of Unix cron; without it the action runs once, at its start. */
  readonly recurrence?: string;
  /** IANA name of the recurrence's time zone. Default: UTC. */
  readonly timeZone?: string;
  /** When it runs, or when its recurrence begins. */
  readonly start?: number;
  /** When its recurrence ends. */
  readonly end?: number;
}

/** Whether the action is due after one instant and no later than another. */
export function isDue(
  { recurrence, timeZone = "UTC", start, end }: ActionTiming,
  after: number,
  until: number,
) {
  if (recurrence === undefined) return start !== undefined && start > after && start <= until;
  const from = start === undefined ? after : Math.max(after, start - 1);
  const next = recurrenceRuns({ recurrence, timeZone }, new Date(from), 1)[0]?.getTime();
  return next !== undefined && next <= until && (end === undefined || next <= end);
}
