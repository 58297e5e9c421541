import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { utcSeconds } from "../scheduledPause/utc";
import { nextRuns } from "../schedules/nextRuns";
import { parseScheduleExpression } from "../schedules/scheduleExpression";
import { accountIdOf } from "../settings/account";
import { named } from "../settings/named";
import type { Role } from "../shared/roles";
import { schedulerRole } from "./roles";
import type { SettledLauncher } from "./settings";

export interface ScheduleSurroundings {
  readonly launcher: aws.lambda.Function;
  readonly failures: aws.sqs.Queue;
  readonly parent: pulumi.Resource;
}

/** EventBridge Scheduler replaces these placeholders with the values of the invocation. */
export const contextAttributes = {
  schedule: "<aws.scheduler.schedule-arn>",
  plannedTime: "<aws.scheduler.scheduled-time>",
  executionId: "<aws.scheduler.execution-id>",
} as const;

/**
 * Two schedules: one launches servers, in the settings' time zone; one terminates expired servers, also while launches
 * are disabled.
 * @returns the schedule that launches servers.
 */
export function createSchedules(
  name: string,
  settings: SettledLauncher,
  surroundings: ScheduleSurroundings,
): aws.scheduler.Schedule {
  const { launcher, failures, parent } = surroundings;
  const group = new aws.scheduler.ScheduleGroup(name, { tags: named(name, settings.tags) }, { parent });
  const accountId = accountIdOf(parent);
  const scope = { group, launcher, failures, accountId };
  const role = schedulerRole(`${name}-scheduler`, scope, { ...settings, parent });
  const target = { ...surroundings, group, role };
  createSchedule(
    `${name}-sweep`,
    {
      expression: everyMinutes(settings.sweepEveryMinutes),
      timeZone: "UTC",
      enabled: true,
      // The next sweep does the work of a failed one.
      maxRetries: 0,
      maxEventAgeSeconds: leastEventAgeSeconds,
      event: { action: "sweep" },
    },
    target,
  );
  return createSchedule(
    `${name}-launch`,
    { ...settings, expression: settings.schedule, event: { action: "launch" }, ...untilEnd(settings) },
    target,
  );
}

/** AWS ignores the end of a schedule that runs once. */
function untilEnd({ schedule, timeZone, enabled, endsAt }: SettledLauncher): Partial<Timing> {
  if (endsAt === undefined) return {};
  const expression = parseScheduleExpression(schedule);
  if (expression.kind !== "at") return { endDate: `${utcSeconds(endsAt)}Z` };
  const [time = 0] = nextRuns(expression, { timeZone, from: 0, count: 1 });
  return { enabled: enabled && time <= Date.parse(endsAt) };
}

const leastEventAgeSeconds = 60;

function everyMinutes(minutes: number): string {
  return minutes === 1 ? "rate(1 minute)" : `rate(${String(minutes)} minutes)`;
}

interface Timing {
  readonly expression: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  /** No run is later; default: none. */
  readonly endDate?: string;
  readonly maxRetries: number;
  readonly maxEventAgeSeconds: number;
  /** The event, without the scheduler's context attributes. */
  readonly event: Readonly<Record<string, string>>;
}

/** At the exact time (no window), with limited retries. Events that cannot be delivered go to the failures queue. */
function createSchedule(
  name: string,
  { expression, timeZone, enabled, endDate, maxRetries, maxEventAgeSeconds, event }: Timing,
  {
    launcher,
    failures,
    parent,
    group,
    role,
  }: ScheduleSurroundings & { readonly group: aws.scheduler.ScheduleGroup; readonly role: Role },
): aws.scheduler.Schedule {
  return new aws.scheduler.Schedule(
    name,
    {
      groupName: group.name,
      scheduleExpression: expression,
      scheduleExpressionTimezone: timeZone,
      state: enabled ? "ENABLED" : "DISABLED",
      ...(endDate === undefined ? {} : { endDate }),
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: launcher.arn,
        roleArn: role.arn,
        input: JSON.stringify({ ...event, ...contextAttributes }),
        retryPolicy: {
          maximumRetryAttempts: maxRetries,
          maximumEventAgeInSeconds: maxEventAgeSeconds,
        },
        deadLetterConfig: { arn: failures.arn },
      },
    },
    { parent, dependsOn: [...role.ready] },
  );
}
