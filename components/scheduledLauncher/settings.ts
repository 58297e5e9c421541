import { z } from "zod";

import { scheduleExpressionProblem } from "../schedules/scheduleExpression";
import { inPlace } from "../settings/afterUp";
import {
  amiId,
  flag,
  instanceType,
  instant,
  keyPairName,
  roleArn,
  timeZone,
  wholeNumber,
} from "../settings/kinds";
import { logRetentionDays } from "../settings/logRetention";
import { omitted } from "../settings/stated";
import { ownTags, tags } from "../settings/tags";
import type { LauncherSettings } from "./options";

/** A stack's settings of the launcher. {@link ScheduledLauncherArgs} adds what other resources provide. */
export const launcherSettings = z
  .strictObject(
    {
      schedule: z
        .string({ error: "cron(…), rate(…) or at(…)" })
        .superRefine((expression, context) => {
          const allowed = scheduleExpressionProblem(expression);
          if (allowed !== undefined) context.addIssue({ code: "custom", message: allowed });
        })
        .default("cron(0 9 ? * MON-FRI *)")
        .describe(
          "When the function launches servers: `cron(minutes hours day-of-month month day-of-week year)`, `rate(…)` or `at(…)`.",
        )
        .meta(inPlace()),
      timeZone: timeZone()
        .default("UTC")
        .describe("Time zone of `schedule`, by its IANA name.")
        .meta(inPlace()),
      enabled: flag().default(true).describe("Whether the schedule is enabled.").meta(inPlace()),
      instanceType: instanceType()
        .default("t3.micro")
        .describe("EC2 instance type of the launched servers.")
        .meta(inPlace({ note: "applies from the next launch" })),
      amiId: amiId()
        .optional()
        .describe("AMI of the launched servers.")
        .meta({ ...inPlace(), ...omitted("the newest Debian 13 of the instance type's architecture") }),
      keyPairName: keyPairName()
        .optional()
        .describe("An existing EC2 key pair for SSH to the launched servers.")
        .meta({ ...inPlace(), ...omitted("no key pair") }),
      serverCount: wholeNumber({ min: 1, max: 9, unit: "servers" })
        .default(1)
        .describe("How many servers a launch starts. A Learner Lab runs at most 9.")
        .meta(inPlace()),
      maxRunningServers: wholeNumber({ min: 1, max: 100, unit: "servers" })
        .default(3)
        .describe(
          "How many launched servers may run at the same time. A launch that would exceed this number starts no server, so it is at least `serverCount`.",
        )
        .meta(inPlace()),
      timeToLiveMinutes: wholeNumber({ min: 5, max: 43_200, unit: "minutes" })
        .default(480)
        .describe("How long after the planned time of its launch a server is terminated.")
        .meta(inPlace()),
      sweepEveryMinutes: wholeNumber({ min: 1, max: 1_440, unit: "minutes" })
        .default(15)
        .describe(
          "How often the function looks for servers that exceed `timeToLiveMinutes` and terminates them.",
        )
        .meta(inPlace()),
      serverTags: ownTags()
        .default({})
        .describe("Tags of the launched servers, besides the stack's tags.")
        .meta(inPlace()),
      memoryMiB: wholeNumber({ min: 128, max: 3_008, unit: "MiB" })
        .default(256)
        .describe("Memory of the function.")
        .meta(inPlace()),
      timeoutSeconds: wholeNumber({ min: 1, max: 900, unit: "seconds" })
        .default(60)
        .describe("Timeout of the function.")
        .meta(inPlace()),
      logRetentionDays: logRetentionDays()
        .default(14)
        .describe("How long CloudWatch Logs keeps the function's logs.")
        .meta(inPlace()),
      maxRetries: wholeNumber({ min: 0, max: 185, unit: "retries" })
        .default(3)
        .describe("How often EventBridge Scheduler retries a failed invocation of the function.")
        .meta(inPlace()),
      maxEventAgeSeconds: wholeNumber({ min: 60, max: 86_400, unit: "seconds" })
        .default(900)
        .describe("How long after its planned time a launch may still be retried.")
        .meta(inPlace()),
      existingRoleArn: roleArn()
        .optional()
        .describe("An existing IAM role for the function and its schedules, e.g. the lab's LabRole.")
        .meta({ ...inPlace(), ...omitted("least-privilege roles that the stack creates") }),
      functionUrl: flag()
        .default(false)
        .describe(
          "Whether the function has an HTTPS address. Only callers with IAM credentials may invoke it.",
        )
        .meta(inPlace()),
    },
    { error: "settings of the launcher, as name: value" },
  )
  .superRefine(({ serverCount, maxRunningServers }, context) => {
    if (maxRunningServers >= serverCount) return;
    context.addIssue({
      code: "custom",
      path: ["maxRunningServers"],
      message: `${String(serverCount)} servers (serverCount) or more, because a launch that exceeds maxRunningServers starts no server`,
    });
  });

/** The settings, and what the rest of the program decides. */
export const launcherArgs = launcherSettings.safeExtend({
  endsAt: instant()
    .optional()
    .describe("When the stack pauses itself: no launch is later.")
    .meta(omitted("never")),
  tags: tags().default({}).describe("Tags of every resource that takes tags."),
});

/** The settings with every default, and the tags of the stack. */
export interface SettledLauncher extends LauncherSettings {
  readonly endsAt?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}
