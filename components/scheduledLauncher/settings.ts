import { z } from "zod";

import { inPlace } from "../settings/afterUp";
import { amiId, flag, instanceType, keyPairName, roleArn, timeZone, wholeNumber } from "../settings/kinds";
import { logRetentionDays } from "../settings/logRetention";
import { ownTags, tags } from "../settings/tags";
import { scheduleExpressionProblem } from "./scheduleExpression";

/** What a person may choose about the launcher; {@link ScheduledLauncherArgs} adds what comes from elsewhere. */
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
          "When servers are launched: cron(minutes hours day-of-month month day-of-week year), rate(…) or at(…).",
        )
        .meta(inPlace()),
      timeZone: timeZone()
        .default("UTC")
        .describe("Zone of the schedule's times, by its IANA name.")
        .meta(inPlace()),
      enabled: flag().default(true).describe("Whether the schedule fires.").meta(inPlace()),
      instanceType: instanceType()
        .default("t3.micro")
        .describe("EC2 instance type of the servers it launches.")
        .meta(inPlace({ note: "counts for the next launch" })),
      amiId: amiId()
        .optional()
        .describe("Image of the servers it launches; the newest Debian 13 when left out.")
        .meta(inPlace()),
      keyPairName: keyPairName()
        .optional()
        .describe("An existing EC2 key pair for those servers; none when left out.")
        .meta(inPlace()),
      serverCount: wholeNumber({ min: 1, max: 9, unit: "servers" })
        .default(1)
        .describe("Servers a launch starts. A Learner Lab runs 9 at most.")
        .meta(inPlace()),
      maxRunningServers: wholeNumber({ min: 1, max: 100, unit: "servers" })
        .default(3)
        .describe("Servers of its own that may run at once; a launch that would pass it starts none.")
        .meta(inPlace()),
      timeToLiveMinutes: wholeNumber({ min: 5, max: 43_200, unit: "minutes" })
        .default(480)
        .describe("How long after its planned time a server it launched is ended, in minutes.")
        .meta(inPlace()),
      sweepEveryMinutes: wholeNumber({ min: 1, max: 1_440, unit: "minutes" })
        .default(15)
        .describe("How often it looks for servers that are past their time, in minutes.")
        .meta(inPlace()),
      serverTags: ownTags()
        .default({})
        .describe("Tags of the servers it launches, besides the stack's.")
        .meta(inPlace()),
      memoryMiB: wholeNumber({ min: 128, max: 3_008, unit: "MiB" })
        .default(256)
        .describe("Memory of the function, in MiB.")
        .meta(inPlace()),
      timeoutSeconds: wholeNumber({ min: 1, max: 900, unit: "seconds" })
        .default(60)
        .describe("How long a call of the function may take, in seconds.")
        .meta(inPlace()),
      logRetentionDays: logRetentionDays()
        .default(14)
        .describe("How long its logs are kept, in days.")
        .meta(inPlace()),
      maxRetries: wholeNumber({ min: 0, max: 185, unit: "retries" })
        .default(3)
        .describe("How often the schedule tries again to call it.")
        .meta(inPlace()),
      maxEventAgeSeconds: wholeNumber({ min: 60, max: 86_400, unit: "seconds" })
        .default(900)
        .describe("How late a launch may still happen, in seconds.")
        .meta(inPlace()),
      existingRoleArn: roleArn()
        .optional()
        .describe(
          "A role to run as, e.g. the lab's LabRole; it makes its own, least-privilege ones when left out.",
        )
        .meta(inPlace()),
      functionUrl: flag()
        .default(false)
        .describe("An HTTPS address that calls it, for IAM-authenticated callers only.")
        .meta(inPlace()),
    },
    { error: "settings of the launcher, as name: value" },
  )
  .superRefine(({ serverCount, maxRunningServers }, context) => {
    if (maxRunningServers >= serverCount) return;
    context.addIssue({
      code: "custom",
      path: ["maxRunningServers"],
      message: `${String(serverCount)} servers (serverCount) or more, or no launch would ever fit under it`,
    });
  });

/** The settings and what the rest of the program knows better than a person. */
export const launcherArgs = launcherSettings.safeExtend({
  tags: tags().default({}).describe("Tags of everything that can have some."),
});

export type LauncherSettings = z.output<typeof launcherArgs>;
