import { nextRuns } from "../../../components/schedules/nextRuns";
import { isRecurrence, recurrenceAllowed, recurrenceRuns } from "../../../components/schedules/recurrence";
import { parseScheduleExpression, scheduleProblems } from "../../../components/schedules/scheduleExpression";
import { isTimeZone, timeZoneAllowed } from "../../../components/schedules/timeZone";
import type { Finding } from "../finding";
import type { ScheduleView } from "./schedules";

/**
 * What is wrong with a schedule: its syntax, its time zone, or that it has no run from now to its end. The parsers are
 * those of the program's settings and of `npm run schedule`.
 */
export function scheduleFindings(schedule: ScheduleView, now: Date): readonly Finding[] {
  const { at, expression, zone } = schedule;
  const isKnownZone = zone === undefined || isTimeZone(zone.value);
  const zoneFindings = isKnownZone ? [] : [{ ...zone, allowed: timeZoneAllowed }];
  const problem = syntaxProblem(schedule);
  if (problem !== undefined) return [...zoneFindings, { at, value: expression, allowed: problem }];
  return [...zoneFindings, ...runFindings(schedule, isKnownZone ? (zone?.value ?? "UTC") : "UTC", now)];
}

function syntaxProblem(schedule: ScheduleView): string | undefined {
  const { dialect, expression } = schedule;
  if (dialect === "unix") return isRecurrence(expression) ? undefined : recurrenceAllowed;
  if (dialect === "rule" && isOnce(schedule)) return "rate(…) or cron(…): a rule has no at(…)";
  // Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-rate-expressions
  if (dialect === "rule" && /^rate\(1 \w+s\)$/.test(expression)) {
    return "a singular unit after 1, e.g. rate(1 minute)";
  }
  const problems = scheduleProblems(expression).map(({ path, allowed }) => `${path}: ${allowed}`);
  return problems.length === 0 ? undefined : problems.join("; ");
}

function runFindings(schedule: ScheduleView, timeZone: string, now: Date): readonly Finding[] {
  const { at, expression, end } = schedule;
  const next = firstRun(schedule, timeZone, now);
  if (next === undefined) {
    const allowed = isOnce(schedule) ? "a time in the future" : "a schedule with a run time in the future";
    return [{ at, value: expression, allowed }];
  }
  // A one-time schedule ignores its end.
  if (end === undefined || isOnce(schedule) || !(next.getTime() > Date.parse(end.value))) return [];
  return [{ ...end, allowed: "a time after the next run" }];
}

function isOnce({ expression }: ScheduleView): boolean {
  return expression.startsWith("at(");
}

function firstRun(
  { dialect, expression, start }: ScheduleView,
  timeZone: string,
  now: Date,
): Date | undefined {
  const begins = start === undefined ? Number.NaN : Date.parse(start.value);
  // A run at the start itself counts.
  const from = begins > now.getTime() ? new Date(begins - 1) : now;
  if (dialect === "unix") return recurrenceRuns({ recurrence: expression, timeZone }, from, 1)[0];
  const parsed = parseScheduleExpression(expression);
  const after = parsed.kind === "at" ? now : from;
  const [next] = nextRuns(parsed, { timeZone, from: after.getTime(), count: 1 });
  return next === undefined ? undefined : new Date(next);
}
