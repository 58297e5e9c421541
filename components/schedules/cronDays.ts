/** The days of a month that a cron expression selects. Days of the week count from 0 (Sunday). */
export type DayRule =
  | { readonly kind: "daysOfMonth"; readonly days: readonly number[] }
  /** The last day, or some days before it. */
  | { readonly kind: "lastDay"; readonly before: number }
  | { readonly kind: "lastWeekday" }
  | { readonly kind: "nearestWeekday"; readonly day: number }
  | { readonly kind: "daysOfWeek"; readonly days: readonly number[] }
  | { readonly kind: "lastDayOfWeek"; readonly dayOfWeek: number }
  | { readonly kind: "nthDayOfWeek"; readonly dayOfWeek: number; readonly nth: number };

const daysPerWeek = 7;
const sunday = 0;
const saturday = 6;

/** The days of one month (January is 1) that the rule selects, in order; none if the month has no such day. */
export function daysOfMonth(rule: DayRule, year: number, month: number): readonly number[] {
  const last = lastDayOf(year, month);
  switch (rule.kind) {
    case "daysOfMonth":
      return rule.days.filter((day) => day <= last);
    case "lastDay":
      return rule.before < last ? [last - rule.before] : [];
    case "lastWeekday":
      return [nearestWeekday(year, month, last)];
    case "nearestWeekday":
      return rule.day <= last ? [nearestWeekday(year, month, rule.day)] : [];
    case "daysOfWeek":
      return rule.days
        .flatMap((dayOfWeek) => daysOfWeekIn(year, month, dayOfWeek))
        .sort((one, other) => one - other);
    case "lastDayOfWeek":
      return daysOfWeekIn(year, month, rule.dayOfWeek).slice(-1);
    case "nthDayOfWeek":
      return daysOfWeekIn(year, month, rule.dayOfWeek).slice(rule.nth - 1, rule.nth);
  }
}

function lastDayOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function dayOfWeekOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** The working day nearest to a day within the same month. */
function nearestWeekday(year: number, month: number, day: number): number {
  const dayOfWeek = dayOfWeekOf(year, month, day);
  if (dayOfWeek === saturday) return day === 1 ? day + 2 : day - 1;
  if (dayOfWeek === sunday) return day === lastDayOf(year, month) ? day - 2 : day + 1;
  return day;
}

function daysOfWeekIn(year: number, month: number, dayOfWeek: number): number[] {
  const first = 1 + ((dayOfWeek - dayOfWeekOf(year, month, 1) + daysPerWeek) % daysPerWeek);
  const count = Math.floor((lastDayOf(year, month) - first) / daysPerWeek) + 1;
  return Array.from({ length: count }, (_, week) => first + week * daysPerWeek);
}
