import type { GetScheduleCommandOutput } from "@aws-sdk/client-scheduler";

import { messageOf } from "../../cli/failure";
import type { AwsClients } from "../providers/aws/clients";
import { deliver } from "./delivery";
import { dueRun, type Timing } from "./schedule";

/** The schedules of one account in one region. */
export interface ScheduleWatch {
  /** Reads them anew. */
  readonly read: () => Promise<void>;
  /** Calls the targets of what has come due since the last time. */
  readonly act: (now: number) => void;
}

interface Watched {
  readonly schedule: GetScheduleCommandOutput;
  readonly timing: Timing;
}

/** @param since no call that was due before this instant is made. */
export function watchSchedules(aws: AwsClients, since: number, log: (line: string) => void): ScheduleWatch {
  let watched: readonly Watched[] = [];
  /** Up to when each schedule's calls were made, by its ARN. */
  const actedUntil = new Map<string, number>();
  return {
    read: async () => {
      watched = await readSchedules(aws);
    },
    act: (now) => {
      for (const { schedule, timing } of watched) {
        const arn = schedule.Arn ?? "";
        const after = actedUntil.get(arn) ?? Math.max(since, timing.created - 1);
        actedUntil.set(arn, Math.max(after, now));
        try {
          const plannedTime = dueRun(timing, after, now);
          if (plannedTime !== undefined) void call(aws, schedule, plannedTime, log);
        } catch (error) {
          log(`${arn}: ${messageOf(error)}`);
        }
      }
    },
  };
}

async function readSchedules(aws: AwsClients): Promise<readonly Watched[]> {
  const scheduler = await aws.scheduler();
  const watched: Watched[] = [];
  let next: string | undefined;
  do {
    const page = await scheduler.listSchedules(next === undefined ? {} : { NextToken: next });
    for (const { Name, GroupName } of page.Schedules ?? []) {
      const schedule = await scheduler.getSchedule({ Name, GroupName });
      watched.push({ schedule, timing: timingOf(schedule) });
    }
    next = page.NextToken;
  } while (next !== undefined);
  return watched;
}

function timingOf(schedule: GetScheduleCommandOutput): Timing {
  return {
    expression: schedule.ScheduleExpression ?? "",
    timeZone: schedule.ScheduleExpressionTimezone ?? "UTC",
    enabled: schedule.State !== "DISABLED",
    created: schedule.CreationDate?.getTime() ?? 0,
    ...(schedule.StartDate === undefined ? {} : { start: schedule.StartDate.getTime() }),
    ...(schedule.EndDate === undefined ? {} : { end: schedule.EndDate.getTime() }),
  };
}

async function call(
  aws: AwsClients,
  schedule: GetScheduleCommandOutput,
  plannedTime: number,
  log: (line: string) => void,
): Promise<void> {
  const { Arn: scheduleArn = "", Target: target } = schedule;
  if (target === undefined) return;
  try {
    await deliver({ endpoint: aws.endpoint, scheduleArn, target, plannedTime, log });
    if (
      schedule.ActionAfterCompletion === "DELETE" &&
      schedule.ScheduleExpression?.startsWith("at(") === true
    ) {
      const scheduler = await aws.scheduler();
      await scheduler.deleteSchedule({ Name: schedule.Name, GroupName: schedule.GroupName });
    }
  } catch (error) {
    log(`${scheduleArn}: ${messageOf(error)}`);
  }
}
