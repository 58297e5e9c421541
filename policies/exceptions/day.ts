/** A day in UTC as `YYYY-MM-DD`, so that days compare as texts. */
export type Day = string;

const millisecondsPerDay = 24 * 60 * 60 * 1000;

/** Whether a value is a day that the calendar has. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== "string") return false;
  const date = new Date(`${value}T00:00:00Z`);
  // 30 February becomes 2 March.
  return !Number.isNaN(date.getTime()) && dayOf(date) === value;
}

/** The day of an instant. */
export function dayOf(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

export function today(): Day {
  return dayOf(new Date());
}

/** The number of days from one day to another; negative if the other is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / millisecondsPerDay;
}

/** The day a number of days later. */
export function daysLater(from: Day, days: number): Day {
  return dayOf(new Date(Date.parse(from) + days * millisecondsPerDay));
}
