/**
 * Local date and time in a time zone, as the epoch milliseconds that the same date and time has in UTC. Calendar
 * arithmetic on it is then UTC arithmetic.
 */
export type WallTime = number;

const millisecondsPerMinute = 60_000;
const millisecondsPerDay = 24 * 60 * millisecondsPerMinute;

/** Cached, as creating a format takes a hundred times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The local time in the zone at an instant (epoch milliseconds). */
export function wallTimeAt(instant: number, timeZone: string): WallTime {
  return instant + offsetAt(instant, timeZone);
}

/**
 * The instant of a local time: the first of the two instants in a repeated hour, `undefined` in an hour that a clock
 * change skips.
 */
export function instantAt(wallTime: WallTime, timeZone: string): number | undefined {
  // No zone changes its clock twice within two days, so a change near the time is between these two.
  const offsets = [wallTime - millisecondsPerDay, wallTime + millisecondsPerDay].map((instant) =>
    offsetAt(instant, timeZone),
  );
  const instants = offsets
    .map((offset) => wallTime - offset)
    .filter((instant) => wallTimeAt(instant, timeZone) === wallTime);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

/** The instant in the zone's local time, with its offset: `2026-01-05T09:00:00+09:00`. */
export function formatInZone(instant: number, timeZone: string): string {
  const offset = offsetAt(instant, timeZone);
  const reading = new Date(instant + offset).toISOString().slice(0, "2026-01-05T09:00:00".length);
  const size = new Date(Math.abs(offset))
    .toISOString()
    .slice("2026-01-05T".length, "2026-01-05T09:00".length);
  return `${reading}${offset < 0 ? "-" : "+"}${size}`;
}

function offsetAt(instant: number, timeZone: string): number {
  const name = formatFor(timeZone)
    .formatToParts(instant)
    .find(({ type }) => type === "timeZoneName")?.value;
  // "GMT+09:00", or "GMT" if there is no offset.
  const [, sign, hours, minutes, seconds] = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name ?? "") ?? [];
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * millisecondsPerMinute;
  return (sign === "-" ? -1 : 1) * (size + Number(seconds ?? 0) * 1_000);
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  formats.set(timeZone, format);
  return format;
}
