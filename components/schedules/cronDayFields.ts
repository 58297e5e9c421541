import type { Problem } from "../settings/problem";
import type { DayRule } from "./cronDays";
import { fieldProblem, parseCronField, parseCronNumber, type CronField, type Parsed } from "./cronField";

// Both fields with their ranges and wildcards, from AWS's documentation.
// Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
const dayOfMonth: CronField = { name: "day-of-month", min: 1, max: 31, steps: true, wraps: true };
const dayOfWeek: CronField = {
  name: "day-of-week",
  min: 1,
  max: 7,
  words: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
  steps: false,
  wraps: true,
};

/** Parses day-of-month and day-of-week: exactly one of the two is `?`, the other selects the days. */
export function parseCronDays(date: string, weekday: string): Parsed<DayRule> {
  if (date !== "?" && weekday !== "?") return { problems: [...problemsOfBoth(date, weekday)] };
  if (date === "?" && weekday === "?") return { problems: [oneQuestionMark(date, weekday)] };
  return weekday === "?" ? parseDayOfMonth(date) : parseDayOfWeek(weekday);
}

function problemsOfBoth(date: string, weekday: string): readonly Problem[] {
  const others = [parseDayOfMonth(date), parseDayOfWeek(weekday)].flatMap((parsed) =>
    "problems" in parsed ? parsed.problems : [],
  );
  return [oneQuestionMark(date, weekday), ...others];
}

function oneQuestionMark(date: string, weekday: string): Problem {
  return {
    path: "day-of-month and day-of-week",
    value: `${date} and ${weekday}`,
    allowed: "? in exactly one of the two, and the days in the other",
  };
}

function parseDayOfMonth(text: string): Parsed<DayRule> {
  // Quartz, whose syntax AWS uses, has L-3; AWS's documentation does not list it.
  const before = text === "L" ? "0" : /^L-([1-9]|[12]\d|30)$/.exec(text)?.[1];
  if (before !== undefined) return { value: { kind: "lastDay", before: Number(before) } };
  if (text === "LW") return { value: { kind: "lastWeekday" } };
  const nearest = /^(.+)W$/.exec(text)?.[1];
  const day = nearest === undefined ? undefined : parseCronNumber(dayOfMonth, nearest);
  if (day !== undefined) return { value: { kind: "nearestWeekday", day } };
  const parsed = parseCronField(dayOfMonth, text);
  if ("value" in parsed) return { value: { kind: "daysOfMonth", days: parsed.value } };
  return {
    problems: [
      fieldProblem(
        dayOfMonth,
        text,
        "; or alone: L (last day), L-3 (three days before it), LW (last working day), 15W (working day nearest the 15th)",
      ),
    ],
  };
}

function parseDayOfWeek(text: string): Parsed<DayRule> {
  // AWS counts days of the week from 1 (Sunday), the calendar functions count from 0.
  if (text === "L") return { value: { kind: "daysOfWeek", days: [6] } };
  const [, day = "", nth] = /^([A-Za-z\d]+?)(?:L|#([1-5]))$/.exec(text) ?? [];
  const special = parseCronNumber(dayOfWeek, day);
  if (special !== undefined) {
    return nth === undefined
      ? { value: { kind: "lastDayOfWeek", dayOfWeek: special - 1 } }
      : { value: { kind: "nthDayOfWeek", dayOfWeek: special - 1, nth: Number(nth) } };
  }
  const parsed = parseCronField(dayOfWeek, text);
  if ("value" in parsed)
    return { value: { kind: "daysOfWeek", days: parsed.value.map((number) => number - 1) } };
  return {
    problems: [
      fieldProblem(
        dayOfWeek,
        text,
        "; or alone: L (Saturday), 6L (last Friday of the month), 3#2 (second Tuesday, up to #5)",
      ),
    ],
  };
}
