import type { Problem } from "../settings/problem";
import { parseCronDays } from "./cronDayFields";
import { daysOfMonth, type DayRule } from "./cronDays";
import { parseCronField, type CronField, type Parsed } from "./cronField";

/** A parsed cron expression of EventBridge Scheduler. The lists are in order, without duplicates. */
export interface CronExpression {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: DayRule;
  readonly months: readonly number[];
  readonly years: readonly number[];
}

// The fields, from AWS's documentation.
// Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
const minutes: CronField = { name: "minutes", min: 0, max: 59, steps: true, wraps: true };
const hours: CronField = { name: "hours", min: 0, max: 23, steps: true, wraps: true };
const month: CronField = {
  name: "month",
  min: 1,
  max: 12,
  words: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  steps: true,
  wraps: true,
};
const year: CronField = { name: "year", min: 1970, max: 2199, steps: true, wraps: false };

/** Parses the text between the brackets of `cron(…)`. */
export function parseCronExpression(text: string): Parsed<CronExpression> {
  const fields = text.trim().split(/\s+/);
  const [minute, hour, date, monthText, weekday, yearText, ...rest] = fields;
  if (
    minute === undefined ||
    hour === undefined ||
    date === undefined ||
    monthText === undefined ||
    weekday === undefined ||
    yearText === undefined ||
    rest.length > 0
  ) {
    const allowed = "six fields: minutes hours day-of-month month day-of-week year";
    return { problems: [{ path: "cron", value: text, allowed: `${allowed}, not ${fields.length}` }] };
  }
  return assembled(
    {
      minutes: parseCronField(minutes, minute),
      hours: parseCronField(hours, hour),
      days: parseCronDays(date, weekday),
      months: parseCronField(month, monthText),
      years: parseCronField(year, yearText),
    },
    text,
  );
}

type ParsedFields = { readonly [Field in keyof CronExpression]: Parsed<CronExpression[Field]> };

/** The values of all fields, or all their problems. An expression that no calendar day matches is a problem, too. */
function assembled(parsed: ParsedFields, text: string): Parsed<CronExpression> {
  const { minutes, hours, days, months, years } = parsed;
  if (
    "problems" in minutes ||
    "problems" in hours ||
    "problems" in days ||
    "problems" in months ||
    "problems" in years
  ) {
    return {
      problems: [minutes, hours, days, months, years].flatMap((field) =>
        "problems" in field ? field.problems : [],
      ),
    };
  }
  const cron = {
    minutes: minutes.value,
    hours: hours.value,
    days: days.value,
    months: months.value,
    years: years.value,
  };
  return hasADay(cron) ? { value: cron } : { problems: [neverProblem(text)] };
}

function hasADay({ days, months, years }: CronExpression): boolean {
  return years.some((year) => months.some((month) => daysOfMonth(days, year, month).length > 0));
}

function neverProblem(text: string): Problem {
  return {
    path: "day-of-month, month, day-of-week and year",
    value: text,
    allowed: "a day that one of these months has in one of these years; this date never occurs",
  };
}
