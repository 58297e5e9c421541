import type { ScheduleArgs } from "@pulumi/aws/scheduler";
import type { input } from "@pulumi/aws/types";

import { scheduleExpressionProblem } from "../../../../components/schedules/scheduleExpression";
import { timeZone } from "../../../../components/settings/kinds";
import { outOfRange } from "../range";
import type { CheckFailure, Properties } from "../resourceType";
import { reading } from "../values";

/** Values that Scheduler refuses and the emulator accepts. Source: EventBridge Scheduler API reference. */
export function checkSchedule(inputs: Properties): readonly CheckFailure[] {
  const from = reading<ScheduleArgs>(inputs);
  const failures: CheckFailure[] = [];
  const refuse = (property: string, reason: string) => failures.push({ property, reason });

  const expressionProblem = scheduleExpressionProblem(from.requiredString("scheduleExpression"));
  if (expressionProblem !== undefined) refuse("scheduleExpression", expressionProblem);
  const zone = from.string("scheduleExpressionTimezone");
  if (zone !== undefined && !timeZone().safeParse(zone).success) {
    refuse("scheduleExpressionTimezone", `${zone} - allowed: an IANA time zone, e.g. Asia/Seoul`);
  }
  const state = from.string("state");
  if (state !== "ENABLED" && state !== "DISABLED") {
    refuse("state", `${String(state)} - allowed: ENABLED, DISABLED`);
  }
  for (const name of ["startDate", "endDate"] as const) {
    const time = from.string(name);
    if (time !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time)) {
      refuse(name, `${time} - allowed: YYYY-MM-DDThh:mm:ssZ, in UTC`);
    }
  }
  return [...failures, ...checkWindow(from.object("flexibleTimeWindow") ?? {}), ...checkRetry(inputs)];
}

function checkWindow(block: Properties): readonly CheckFailure[] {
  const from = reading<input.scheduler.ScheduleFlexibleTimeWindow>(block);
  const mode = from.string("mode");
  const minutes = from.number("maximumWindowInMinutes");
  if (mode !== "OFF" && mode !== "FLEXIBLE") {
    return [{ property: "flexibleTimeWindow.mode", reason: `${String(mode)} - allowed: OFF, FLEXIBLE` }];
  }
  const property = "flexibleTimeWindow.maximumWindowInMinutes";
  if (mode === "OFF" && minutes !== undefined) return [{ property, reason: "given, and mode is OFF" }];
  if (mode === "FLEXIBLE" && (minutes === undefined || minutes < 1 || minutes > 1440)) {
    return [{ property, reason: `${String(minutes)} - allowed: 1 to 1440 minutes` }];
  }
  return [];
}

const retryRanges = [
  { name: "maximumEventAgeInSeconds", min: 60, max: 86_400, unit: "seconds" },
  { name: "maximumRetryAttempts", min: 0, max: 185, unit: "retries" },
] as const;

function checkRetry(inputs: Properties): readonly CheckFailure[] {
  const target = reading<ScheduleArgs>(inputs).object("target") ?? {};
  const retry = reading<input.scheduler.ScheduleTarget>(target).object("retryPolicy") ?? {};
  const from = reading<input.scheduler.ScheduleTargetRetryPolicy>(retry);
  return retryRanges.flatMap(({ name, ...range }) =>
    outOfRange(`target.retryPolicy.${name}`, from.number(name), range),
  );
}
