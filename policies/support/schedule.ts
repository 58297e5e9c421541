import { unwrapRanges } from "./cronRanges";

/** What is allowed instead of a time zone; undefined when the zone exists. */
export function timeZoneProblem(timeZone: string): string | undefined {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return "an IANA time zone, e.g. Asia/Seoul, Europe/Berlin or UTC";
    throw error;
  }
}

/**
 * What is allowed instead of a cron expression: other fields, or a time after `now`; undefined when it is right.
 *
 * @param dialect `aws`: minutes, hours, day of month, month, day of week (1 is Sunday), year; `unix`: five
 *   fields, in whose day of week 0 is Sunday.
 */
export async function cronProblem(
  fields: string,
  timeZone: string,
  dialect: "aws" | "unix",
  now: Date,
): Promise<string | undefined> {
  const count = fields.trim().split(/\s+/).length;
  const wanted = dialect === "aws" ? 6 : 5;
  if (count !== wanted) return `${String(wanted)} fields, not ${String(count)}`;
  // Croner needs seconds first when a year comes last.
  const pattern = dialect === "aws" ? `0 ${unwrapRanges(fields.trim())}` : fields;
  // Loaded only when there is a schedule.
  const { Cron } = await import("croner");
  try {
    const cron = new Cron(pattern, {
      paused: true,
      alternativeWeekdays: dialect === "aws",
      ...(timeZoneProblem(timeZone) === undefined ? { timezone: timeZone } : {}),
    });
    return cron.nextRun(now) === null ? "a schedule with a run time in the future" : undefined;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError)
      return `a cron expression (${error.message})`;
    throw error;
  }
}

/** What is allowed instead of the content of `rate(…)`. */
export function rateProblem(rate: string): string | undefined {
  return /^[1-9]\d* (?:minute|hour|day)s?$/.test(rate)
    ? undefined
    : "a whole number of minutes, hours or days, e.g. rate(5 minutes)";
}

/** What is allowed instead of the content of `at(…)`: another form, or a later time. */
export function atProblem(time: string, timeZone: string, now: Date): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(time)) {
    return "a local time, e.g. at(2030-01-31T09:00:00)";
  }
  return time > localTime(now, timeZone) ? undefined : "a time in the future";
}

/** The local time in the zone, in the form of `at(…)`. */
function localTime(now: Date, timeZone: string): string {
  const known = timeZoneProblem(timeZone) === undefined ? timeZone : "UTC";
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: known })
    .format(now)
    .replace(" ", "T");
}
