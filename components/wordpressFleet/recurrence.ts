import { Cron } from "croner";

/**
 * The recurrence of a scheduled action: five fields of Unix cron. Auto Scaling takes numbers, names, `*`, lists, ranges
 * and steps, and nothing that other dialects add.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html
 */

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] as const;
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;

interface Field {
  readonly first: number;
  readonly last: number;
  /** Names of its values, from the first on. */
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { first: 0, last: 59 },
  { first: 0, last: 23 },
  { first: 1, last: 31 },
  { first: 1, last: 12, names: months },
  // 0 is Sunday; AWS's documents do not say that 7 is, too.
  { first: 0, last: 6, names: weekdays },
];

export const recurrenceAllowed =
  "five cron fields (minute 0-59, hour 0-23, day of month 1-31, month 1-12 or JAN-DEC, day of week 0-6 or SUN-SAT) of numbers, names, * , - /, that come to a time, e.g. 0 8 * * MON-FRI";

/** Whether Auto Scaling takes the text, and it comes to a time at all: 30 February never does. */
export function isRecurrence(text: string): boolean {
  const parts = text.split(" ");
  if (parts.length !== fields.length) return false;
  if (!fields.every((field, index) => isField(parts[index] ?? "", field))) return false;
  return new Cron(text, { paused: true }).nextRun() !== null;
}

function isField(text: string, field: Field): boolean {
  return text.split(",").every((item) => {
    const [range = "", step, ...more] = item.split("/");
    if (more.length > 0 || (step !== undefined && !isStep(step, field))) return false;
    if (range === "*") return true;
    const [from, to, ...others] = range.split("-").map((value) => valueOf(value, field));
    if (from === undefined || others.length > 0) return false;
    // A step needs a range to step through.
    if (!range.includes("-")) return step === undefined;
    return to !== undefined && from <= to;
  });
}

function isStep(text: string, { first, last }: Field): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= last - first + 1;
}

/** The number that a text means; `undefined` when it is none of the field's. */
function valueOf(text: string, { first, last, names = [] }: Field): number | undefined {
  const name = names.indexOf(text.toUpperCase());
  if (name !== -1) return first + name;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= first && value <= last ? value : undefined;
}

/** When a schedule sets the group's size. */
export interface Timing {
  readonly recurrence: string;
  readonly timeZone: string;
}

/** Of each schedule, so many times ahead are compared, in a year. */
const mostCompared = 2_000;
const millisecondsPerYear = 366 * 86_400_000;

/**
 * An instant at which both happen, within the next year: Auto Scaling takes no two actions of a group at one time, and
 * which size would hold then?
 */
export function coincidence(one: Timing, other: Timing, now: Date): Date | undefined {
  const times = new Set(upcoming(one, now));
  const common = upcoming(other, now).find((time) => times.has(time));
  return common === undefined ? undefined : new Date(common);
}

function upcoming({ recurrence, timeZone }: Timing, now: Date): readonly number[] {
  const end = now.getTime() + millisecondsPerYear;
  const cron = new Cron(recurrence, { paused: true, timezone: timeZone });
  const times: number[] = [];
  // One by one: those after the year would take the longest.
  for (let run = cron.nextRun(now); run !== null && run.getTime() <= end; run = cron.nextRun(run)) {
    if (times.push(run.getTime()) === mostCompared) break;
  }
  return times;
}
