import { parseArgs } from "node:util";

import { nextRuns } from "../components/schedules/nextRuns";
import {
  InvalidScheduleError,
  parseScheduleExpression,
  type ScheduleExpression,
} from "../components/schedules/scheduleExpression";
import { formatInZone, instantAt } from "../components/schedules/wallClock";
import { timeZone } from "../components/settings/kinds";

export const usage = `usage: npm run schedule -- "EXPRESSION" [--zone ZONE] [--count N] [--from TIME] [--json]

  EXPRESSION  at(2026-12-31T18:00:00), rate(15 minutes) or cron(minutes hours day-of-month month day-of-week year)
  --zone      IANA name of the schedule's time zone, e.g. Asia/Seoul (default UTC)
  --count     how many runs, 1 to 1000 (default 10)
  --from      only runs after this time, e.g. 2026-03-01T00:00:00Z; without Z or an offset, a time in the
              zone (default now). A rate counts from it: on AWS, from the schedule's creation.
  --json      an array of { "local", "utc" } for machines

When clocks change, a time in the skipped hour does not run; a time in the repeated hour runs once.
`;

/** The output, and whether it is the result or an error. */
export interface Listing {
  readonly text: string;
  readonly failed: boolean;
}

/** Reads the command's arguments and lists the runs, or all problems of the arguments. */
export function listRuns(args: readonly string[], now: number): Listing {
  const given = readArguments(args);
  if (typeof given === "string") return refusal([given], usage);
  if (given.help) return { text: usage, failed: false };

  const problems: string[] = [];
  const expression = parsed(given.expression, problems);
  const count = Number(given.count);
  if (!Number.isInteger(count) || count < 1 || count > 1_000) {
    problems.push(`--count ${given.count}: allowed is a whole number from 1 to 1000`);
  }
  const zoneIsKnown = timeZone().safeParse(given.zone).success;
  if (!zoneIsKnown)
    problems.push(`--zone ${given.zone}: allowed is an IANA time zone, e.g. Asia/Seoul or UTC`);
  const from = startOf(given.from, zoneIsKnown ? given.zone : "UTC", now, problems);
  if (expression === undefined || problems.length > 0) return refusal(problems);

  const runs = nextRuns(expression, { timeZone: given.zone, from, count });
  if (runs.length === 0) return refusal([neverReason(given.expression, given.zone, from)]);
  return { text: given.json ? asJson(runs, given.zone) : asTable(runs, given.zone), failed: false };
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        zone: { type: "string", default: "UTC" },
        count: { type: "string", default: "10" },
        from: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const [expression, ...rest] = positionals;
    if (values.help) return { ...values, expression: "" };
    if (expression === undefined) return "an expression is missing";
    if (rest.length > 0) return `one expression at a time, in quotation marks; unexpected: ${rest.join(" ")}`;
    return { ...values, expression };
  } catch (error) {
    // Node's message names the unknown option, or the one without a value.
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}

function parsed(expression: string, problems: string[]): ScheduleExpression | undefined {
  try {
    return parseScheduleExpression(expression);
  } catch (error) {
    if (!(error instanceof InvalidScheduleError)) throw error;
    problems.push(error.message);
    return undefined;
  }
}

/** With `Z` or an offset: that instant; without: the zone's local time; undefined: now. */
function startOf(text: string | undefined, zone: string, now: number, problems: string[]): number {
  if (text === undefined) return now;
  const [, day, time, zoneGiven] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  const reading = isDay(day) ? Date.parse(`${day}T${time ?? "00:00"}${zoneGiven ?? "Z"}`) : Number.NaN;
  const from = zoneGiven === undefined && !Number.isNaN(reading) ? instantAt(reading, zone) : reading;
  if (from !== undefined && !Number.isNaN(from)) return from;
  problems.push(`--from ${text}: allowed is a time that exists, e.g. 2026-03-01 or 2026-03-01T00:00:00Z`);
  return now;
}

/** Date.parse turns 30 February into a day of March. */
function isDay(day: string | undefined): day is string {
  const midnight = Date.parse(`${day ?? ""}T00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().slice(0, 10) === day;
}

function neverReason(expression: string, zone: string, from: number): string {
  return (
    `${expression} never runs after ${formatInZone(from, zone)} (${zone}): ` +
    "its times are past, or are in hours that clock changes skip"
  );
}

function refusal(problems: readonly string[], help = ""): Listing {
  return { text: `${problems.join("\n")}\n${help}`, failed: true };
}

function asJson(runs: readonly number[], zone: string): string {
  const entries = runs.map((run) => ({ local: formatInZone(run, zone), utc: formatUtc(run) }));
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

function asTable(runs: readonly number[], zone: string): string {
  const weekday = new Intl.DateTimeFormat("en", { timeZone: zone, weekday: "short" });
  const rows = runs.map((run) => `${weekday.format(run)} ${formatInZone(run, zone)}  ${formatUtc(run)}`);
  const width = "Mon 2026-01-05T09:00:00+09:00".length;
  return `${zone.padEnd(width)}  UTC\n${rows.join("\n")}\n`;
}

function formatUtc(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}
