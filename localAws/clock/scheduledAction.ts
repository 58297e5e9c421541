import { Cron } from "croner";

/** When a group's scheduled action happens; times are epoch milliseconds. */
export interface ActionTiming {
  /** Five fields of Unix cron; without it the action happens once, at its start. */
  readonly recurrence?: string;
  /** IANA name of the zone that the recurrence speaks of. Default: UTC. */
  readonly timeZone?: string;
  /** When it happens, or from when on it recurs. */
  readonly start?: number;
  /** Until when it recurs. */
  readonly end?: number;
}

/** Whether the action happens after one instant and no later than another. */
export function isDue(
  { recurrence, timeZone = "UTC", start, end }: ActionTiming,
  after: number,
  until: number,
) {
  if (recurrence === undefined) return start !== undefined && start > after && start <= until;
  const from = start === undefined ? after : Math.max(after, start - 1);
  const next = new Cron(recurrence, { timezone: timeZone }).nextRun(new Date(from))?.getTime();
  return next !== undefined && next <= until && (end === undefined || next <= end);
}
