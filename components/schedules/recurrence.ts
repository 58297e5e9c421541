import { instantAt, wallTimeAt, type WallTime } from "./wallClock";

/**
 * The recurrence of a scheduled action: five Unix cron fields. Auto Scaling takes numbers, names, `*`, lists, ranges and
 * steps, but no extensions of other cron dialects.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html
 */

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] as const;
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;

interface Field {
  readonly first: number;
  readonly last: number;
  /** Names of the values, in order from the first. */
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { first: 0, last: 59 },
  { first: 0, last: 23 },
  { first: 1, last: 31 },
  { first: 1, last: 12, names: months },
  // 0 is Sunday. AWS's documentation does not mention 7.
  { first: 0, last: 6, names: weekdays },
];

export const recurrenceAllowed =
  "five cron fields (minute 0-59, hour 0-23, day of month 1-31, month 1-12 or JAN-DEC, day of week 0-6 or SUN-SAT) of numbers, names, * , - /, that match some date, e.g. 0 8 * * MON-FRI";

/** A parsed recurrence. */
interface Recurrence {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  /** Whether it runs on this day. */
  readonly isOn: (day: Date) => boolean;
}

/** Whether Auto Scaling takes the text and it matches some date: 30 February never does. */
export function isRecurrence(text: string): boolean {
  const recurrence = parse(text);
  return recurrence !== undefined && firstDay(new Date(0), recurrence.isOn) !== undefined;
}

function parse(text: string): Recurrence | undefined {
  const parts = text.split(" ");
  if (parts.length !== fields.length) return undefined;
  const [minutes, hours, days, ofYear, ofWeek] = fields.map((field, index) =>
    valuesOf(parts[index] ?? "", field),
  );
  if (!minutes || !hours || !days || !ofYear || !ofWeek) return undefined;
  const [, , dayText = "", , weekdayText = ""] = parts;
  // As in cron: when both fields are restricted, one match is enough.
  const either = !dayText.startsWith("*") && !weekdayText.startsWith("*");
  const isOn = (day: Date) => {
    const fits = [days.has(day.getUTCDate()), ofWeek.has(day.getUTCDay())];
    return ofYear.has(day.getUTCMonth() + 1) && (either ? fits.includes(true) : !fits.includes(false));
  };
  return { minutes, hours, isOn };
}

/** The values that a field's text selects; `undefined` when Auto Scaling does not take it. */
function valuesOf(text: string, field: Field): ReadonlySet<number> | undefined {
  const items = text.split(",").map((item) => itemValues(item, field));
  return items.includes(undefined) ? undefined : new Set(items.flatMap((values) => values ?? []));
}

function itemValues(item: string, field: Field): readonly number[] | undefined {
  const [range = "", stepText, ...more] = item.split("/");
  const step = stepText === undefined ? 1 : stepOf(stepText, field);
  if (more.length > 0 || step === undefined) return undefined;
  const bounds = boundsOf(range, field);
  if (bounds === undefined) return undefined;
  const [from, to] = bounds;
  // A step needs a range or *.
  if (stepText !== undefined && range !== "*" && !range.includes("-")) return undefined;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

function boundsOf(range: string, field: Field): readonly [number, number] | undefined {
  if (range === "*") return [field.first, field.last];
  const [from, to, ...others] = range.split("-").map((value) => valueOf(value, field));
  if (from === undefined || others.length > 0) return undefined;
  if (!range.includes("-")) return [from, from];
  return to !== undefined && from <= to ? [from, to] : undefined;
}

function stepOf(text: string, { first, last }: Field): number | undefined {
  const step = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return step >= 1 && step <= last - first + 1 ? step : undefined;
}

/** The number for a text; `undefined` when the field does not allow it. */
function valueOf(text: string, { first, last, names = [] }: Field): number | undefined {
  const name = names.indexOf(text.toUpperCase());
  if (name !== -1) return first + name;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= first && value <= last ? value : undefined;
}

/** 29 February recurs within 8 years. */
const daysAhead = 8 * 366;
const millisecondsPerDay = 86_400_000;

function firstDay(from: Date, isWanted: (day: Date) => boolean): Date | undefined {
  const start = Math.floor(from.getTime() / millisecondsPerDay);
  for (let ahead = 0; ahead < daysAhead; ahead += 1) {
    const day = new Date((start + ahead) * millisecondsPerDay);
    if (isWanted(day)) return day;
  }
  return undefined;
}

/** When a schedule sets the group's size. */
export interface Timing {
  readonly recurrence: string;
  readonly timeZone: string;
}

/**
 * The next runs after an instant, in order; none when the text is no recurrence. A time in an hour that a clock change
 * skips does not run.
 */
export function recurrenceRuns(
  { recurrence, timeZone }: Timing,
  after: Date,
  count: number,
): readonly Date[] {
  const parsed = parse(recurrence);
  if (parsed === undefined) return [];
  const runs: Date[] = [];
  for (const wallTime of wallTimesFrom(parsed, wallTimeAt(after.getTime(), timeZone))) {
    const instant = instantAt(wallTime, timeZone);
    if (instant === undefined || instant <= after.getTime()) continue;
    runs.push(new Date(instant));
    if (runs.length >= count) break;
  }
  return runs;
}

/** The local times of the runs, from the day of `from`. */
function* wallTimesFrom({ minutes, hours, isOn }: Recurrence, from: WallTime): Generator<WallTime> {
  const start = Math.floor(from / millisecondsPerDay);
  const times = sorted(hours).flatMap((hour) =>
    sorted(minutes).map((minute) => (hour * 60 + minute) * 60_000),
  );
  for (let ahead = 0; ahead < daysAhead; ahead += 1) {
    const midnight = (start + ahead) * millisecondsPerDay;
    if (isOn(new Date(midnight))) for (const time of times) yield midnight + time;
  }
}

function sorted(values: ReadonlySet<number>): readonly number[] {
  return [...values].sort((one, other) => one - other);
}

/** For schedules in different time zones: how many future runs are compared. */
const comparedRuns = 3;

/**
 * A time at which both schedules run, as text; `undefined` when there is none. Auto Scaling refuses two scheduled actions
 * of a group at the same time.
 */
export function coincidence(one: Timing, other: Timing, now: Date): string | undefined {
  return one.timeZone === other.timeZone ? inOneZone(one, other, now) : betweenZones(one, other, now);
}

function inOneZone(one: Timing, other: Timing, now: Date): string | undefined {
  const [first, second] = [parse(one.recurrence), parse(other.recurrence)];
  if (first === undefined || second === undefined) return undefined;
  const minute = earliestCommon(first.minutes, second.minutes);
  const hour = earliestCommon(first.hours, second.hours);
  if (minute === undefined || hour === undefined) return undefined;
  const day = firstDay(now, (each) => first.isOn(each) && second.isOn(each));
  if (day === undefined) return undefined;
  const time = [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
  return `${day.toISOString().slice(0, 10)} at ${time} ${one.timeZone}`;
}

function earliestCommon(some: ReadonlySet<number>, others: ReadonlySet<number>): number | undefined {
  return sorted(some).find((value) => others.has(value));
}

function betweenZones(one: Timing, other: Timing, now: Date): string | undefined {
  const times = new Set(recurrenceRuns(one, now, comparedRuns).map(Number));
  const common = recurrenceRuns(other, now, comparedRuns).find((run) => times.has(Number(run)));
  return common?.toISOString();
}
