import { text } from "../settings/kinds";

const minutesPerDay = 24 * 60;
const minutesPerWeek = 7 * minutesPerDay;
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** RDS refuses a shorter window. */
const leastMinutes = 30;

const time = /(?:[01]\d|2[0-3]):[0-5]\d/.source;
const day = `(?:${days.join("|")})`;
const maintenanceForm = new RegExp(`${day}:${time}-${day}:${time}`);
const backupForm = new RegExp(`${time}-${time}`);

const maintenanceAllowed = "30 minutes or more of a week in UTC, less than a day, e.g. sun:18:00-sun:19:00";
const backupAllowed = "30 minutes or more of a day in UTC, e.g. 16:00-17:00";

/** A weekly window in which RDS may restart the database for maintenance. */
export const maintenanceWindow = () =>
  text(maintenanceForm, maintenanceAllowed).refine(
    (window) => {
      const { length } = weekly(window);
      return length >= leastMinutes && length < minutesPerDay;
    },
    { error: maintenanceAllowed },
  );

/** A daily window in which RDS makes the backup. */
export const backupWindow = () =>
  text(backupForm, backupAllowed).refine((window) => daily(window).length >= leastMinutes, {
    error: backupAllowed,
  });

/** Whether the two have a minute in common, which RDS refuses. */
export function overlap(maintenance: string, backup: string): boolean {
  const weeks = weekly(maintenance);
  const { start, length } = daily(backup);
  return days.some((_, index) => {
    const from = start + index * minutesPerDay;
    // From one start to the other, across the end of the week.
    const ahead = (from - weeks.start + minutesPerWeek) % minutesPerWeek;
    return ahead < weeks.length || minutesPerWeek - ahead < length;
  });
}

interface Span {
  /** Minutes since the start of Monday, or of the day. */
  readonly start: number;
  readonly length: number;
}

function weekly(window: string): Span {
  const [from = "", to = ""] = window.split("-");
  return span(minuteOfWeek(from), minuteOfWeek(to), minutesPerWeek);
}

function daily(window: string): Span {
  const [from = "", to = ""] = window.split("-");
  return span(minuteOfDay(from), minuteOfDay(to), minutesPerDay);
}

function span(start: number, end: number, period: number): Span {
  return { start, length: (end - start + period) % period };
}

function minuteOfWeek(text: string): number {
  return days.indexOf(text.slice(0, 3)) * minutesPerDay + minuteOfDay(text.slice(4));
}

function minuteOfDay(text: string): number {
  const [hours = Number.NaN, minutes = Number.NaN] = text.split(":").map(Number);
  return hours * 60 + minutes;
}
