import { ExpectedError } from "../settings/expectedError";
import type { Problem } from "../settings/problem";
import { parseCronExpression, type CronExpression } from "./cronExpression";
import type { Parsed } from "./cronField";
import type { WallTime } from "./wallClock";

/**
 * A schedule of EventBridge Scheduler: once at a local time, at a rate, or by the calendar.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export type ScheduleExpression =
  | { readonly kind: "at"; readonly wallTime: WallTime }
  | { readonly kind: "rate"; readonly everyMilliseconds: number }
  | { readonly kind: "cron"; readonly cron: CronExpression };

/** A text that EventBridge Scheduler would refuse, or a date that never occurs; the message lists every reason. */
export class InvalidScheduleError extends ExpectedError {
  override readonly name = "InvalidScheduleError";

  constructor(
    readonly expression: string,
    readonly problems: readonly Problem[],
  ) {
    super(`${JSON.stringify(expression)} is not a schedule:\n${problems.map(lineOf).join("\n")}`);
  }
}

/**
 * Parses `at(…)`, `rate(…)` or `cron(…)`. It ignores the current time: a one-time schedule in the past is valid.
 * @throws InvalidScheduleError that lists every problem.
 */
export function parseScheduleExpression(text: string): ScheduleExpression {
  const parsed = parse(text);
  if ("value" in parsed) return parsed.value;
  throw new InvalidScheduleError(text, parsed.problems);
}

/** Everything that is wrong with the text; nothing if it is a schedule. */
export function scheduleProblems(text: string): readonly Problem[] {
  const parsed = parse(text);
  return "value" in parsed ? [] : parsed.problems;
}

/** What is allowed instead, in one line, or `undefined` if the text is a schedule. */
export function scheduleExpressionProblem(text: string): string | undefined {
  const problems = scheduleProblems(text).map(
    ({ path, value, allowed }) => `${path}: ${allowed} (${String(value)} is not)`,
  );
  return problems.length === 0 ? undefined : problems.join("; ");
}

function lineOf({ path, value, allowed }: Problem): string {
  return `  ${path}: ${JSON.stringify(value)} - allowed: ${allowed}`;
}

function parse(text: string): Parsed<ScheduleExpression> {
  const [, kind, body = ""] = /^(at|rate|cron)\((.*)\)$/.exec(text) ?? [];
  if (kind === "at") return parseAt(body);
  if (kind === "rate") return parseRate(body);
  if (kind === "cron") {
    const parsed = parseCronExpression(body);
    return "value" in parsed ? { value: { kind: "cron", cron: parsed.value } } : parsed;
  }
  const allowed =
    "at(2026-12-31T18:00:00), rate(15 minutes) or cron(minutes hours day-of-month month day-of-week year), in lower case";
  return { problems: [{ path: "schedule", value: text, allowed }] };
}

function parseAt(body: string): Parsed<ScheduleExpression> {
  const wallTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(body) ? Date.parse(`${body}Z`) : Number.NaN;
  // Date.parse rolls 30 February over into March.
  if (!Number.isNaN(wallTime) && new Date(wallTime).toISOString().startsWith(body)) {
    return { value: { kind: "at", wallTime } };
  }
  const allowed = "a date and time that exist, as yyyy-mm-ddThh:mm:ss, without an offset";
  return { problems: [{ path: "at", value: body, allowed }] };
}

const millisecondsPer = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

function parseRate(body: string): Parsed<ScheduleExpression> {
  const [, value, unit, plural] = /^(\d{1,9}) (minute|hour|day)(s?)$/.exec(body) ?? [];
  const count = Number(value ?? 0);
  // AWS's documentation has both rate(1 day) and rate(1 days), but not rate(5 day).
  if (count >= 1 && isUnit(unit) && (plural === "s" || count === 1)) {
    return { value: { kind: "rate", everyMilliseconds: count * millisecondsPer[unit] } };
  }
  const allowed =
    "a whole number of 1 or more, one space, and minutes, hours or days (minute, hour or day after 1)";
  return { problems: [{ path: "rate", value: body, allowed }] };
}

function isUnit(unit: string | undefined): unit is keyof typeof millisecondsPer {
  return unit !== undefined && unit in millisecondsPer;
}
