import type { GetScheduleCommandOutput } from "@aws-sdk/client-scheduler";

import { messageOf } from "../../cli/failure";
import type { EmulatorApi } from "../emulator";
import type { AwsClients } from "../providers/aws/clients";
import { deliver } from "./delivery";
import { dueRun, type Timing } from "./schedule";

/** The schedules of one account in one region. */
export interface ScheduleWatch {
  /** Reads them again. */
  readonly read: () => Promise<void>;
  /** Calls the targets of the schedules that became due since the last tick. */
  readonly act: (now: number) => void;
}

interface Watched {
  readonly schedule: GetScheduleCommandOutput;
  readonly timing: Timing;
}

export interface ScheduleWatchOptions {
  readonly aws: AwsClients;
  readonly api: EmulatorApi;
  /** Calls that were due before this instant are not made. */
  readonly since: number;
  readonly log: (line: string) => void;
}

export function watchSchedules(options: ScheduleWatchOptions): ScheduleWatch {
  const { aws, since, log } = options;
  let watched: readonly Watched[] = [];
  /** The time up to which each schedule's calls were made, by its ARN. */
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
          if (plannedTime !== undefined) void call(options, schedule, plannedTime);
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
  { aws, api, log }: ScheduleWatchOptions,
  schedule: GetScheduleCommandOutput,
  plannedTime: number,
): Promise<void> {
  const { Arn: scheduleArn = "", Name = "", Target: target } = schedule;
  if (target === undefined) return;
  try {
    const delivered = await deliver({ endpoint: aws.endpoint, scheduleArn, target, plannedTime, log });
    await api.noteFiring(aws.accountId, {
      region: aws.region,
      kind: "schedule",
      name: Name,
      ...(target.Arn === undefined ? {} : { target: target.Arn }),
      ...delivered,
    });
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
