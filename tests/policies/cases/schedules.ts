import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";

const rule = "schedules-can-fire";
const schedule =
  (scheduleExpression: string, changed: Partial<aws.scheduler.ScheduleArgs> = {}) =>
  (n: string) =>
    new aws.scheduler.Schedule(n, {
      scheduleExpression,
      flexibleTimeWindow: { mode: "OFF" },
      target: { arn: "a", roleArn: "r" },
      ...changed,
    });
const eventRule = (scheduleExpression: string) => (n: string) =>
  new aws.cloudwatch.EventRule(n, { scheduleExpression });
const action = (changed: Partial<aws.autoscaling.ScheduleArgs>) => (n: string) =>
  new aws.autoscaling.Schedule(n, {
    autoscalingGroupName: "g",
    scheduledActionName: "s",
    ...{ minSize: 2, desiredCapacity: 2, maxSize: 4 },
    ...changed,
  });

const runs = [
  ...["cron(0 9 L * ? *)", "cron(0 9 15W * ? *)", "cron(0 9 ? * 6L *)", "cron(0 9 ? * FRI#2 *)"],
  ...["cron(0 9 LW * ? *)", "cron(0 9 ? * 6#3 *)", "cron(0/15 * * * ? *)", "cron(0 9 1/2 * ? *)"],
  ...["cron(0 9 ? * MON,WED,FRI 2030-2040)", "cron(0 9 ? JAN-MAR 2-6 *)", "cron(0 9 ? * SUN-MON *)"],
  ...["cron(15 10 ? * 6L 2030-2035)", "cron(0 18 ? * MON-FRI *)", "rate(1 hour)", "cron(0 9 L-3 * ? *)"],
  ...["cron(0/5 8-17 ? * 2-6 *)", "cron(30 9 29 2 ? *)", "cron(0 22-2 * * ? *)", "cron(0 9 ? * L *)"],
  ...["rate(90 days)", "at(2199-12-31T23:59:59)", "cron(5,35 14 * * ? *)", "cron(0 10 ? * 2#1 2030/2)"],
];
const never = [
  ...["cron(0 9 31 2 ? *)", "cron(0 9 * * * *)", "cron(0 9 ? * ? *)", "cron(0 9 31 4,6,9,11 ? *)"],
  ...["cron(0 9 1 1 ? 2020)", "cron(0 9 ? * 6#6 *)", "cron(0 9 ? * 0 *)", "cron(0 24 * * ? *)"],
  ...["cron(0 9 * * ?)", "cron(0 0 9 * * ? *)", "cron(0 9 1 * MON *)", "cron(*/0 9 * * ? *)"],
  ...["rate(0 minutes)", "rate(5 minute)", "rate(1 week)", "rate(1.5 hours)", "at(2020-01-01T00:00:00)"],
  ...["at(2030-02-30T00:00:00)", "at(2030-01-01)", "0 9 * * *", "every day", "Cron(0 9 * * ? *)"],
];

/** Schedules that run, and schedules that never do. */
export const schedules: PolicyCases = {
  ...Object.fromEntries(runs.map((text, index) => [`fp-cron-${String(index)}`, good(schedule(text))])),
  ...Object.fromEntries(
    never.map((text, index) => [`sched-never-${String(index)}`, bad(rule, schedule(text))]),
  ),
  "sched-rate-plural": bad(rule, eventRule("rate(1 minutes)")),
  "sched-rule-at": bad(rule, eventRule("at(2199-12-31T23:59:59)")),
  "sched-rule-unix": bad(rule, eventRule("cron(0 9 * * MON)")),
  "fp-rule-rate": good(eventRule("rate(1 minute)")),
  "fp-rule-pattern": good((n) => new aws.cloudwatch.EventRule(n, { eventPattern: "{}" })),
  "sched-ended": bad(rule, schedule("rate(1 hour)", { endDate: "2020-01-01T00:00:00Z" })),
  "sched-ends-before": bad(rule, schedule("cron(0 9 1 1 ? 2100)", { endDate: "2099-01-01T00:00:00Z" })),
  "sched-ends-before-start": bad(
    rule,
    schedule("rate(1 day)", { startDate: "2100-01-02T00:00:00Z", endDate: "2100-01-01T00:00:00Z" }),
  ),
  "fp-sched-window": good(
    schedule("rate(1 day)", { startDate: "2100-01-01T00:00:00Z", endDate: "2100-02-01T00:00:00Z" }),
  ),
  "sched-zone": bad(rule, schedule("rate(1 day)", { scheduleExpressionTimezone: "Korea/Seoul" })),
  "sched-zone-offset": bad(rule, schedule("cron(0 9 * * ? *)", { scheduleExpressionTimezone: "+09:00" })),
  "sched-zone-case": bad(rule, schedule("cron(0 9 * * ? *)", { scheduleExpressionTimezone: "asia/seoul" })),
  "fp-sched-zone": good(schedule("cron(0 9 * * ? *)", { scheduleExpressionTimezone: "Asia/Seoul" })),
  "sched-action-feb30": bad(rule, action({ recurrence: "0 9 30 2 *" })),
  "sched-action-six-fields": bad(rule, action({ recurrence: "0 9 * * MON 2030" })),
  "sched-action-cron": bad(rule, action({ recurrence: "cron(0 9 * * ? *)" })),
  "sched-action-step": bad(rule, action({ recurrence: "0/15 9 * * *" })),
  "sched-action-last": bad(rule, action({ recurrence: "0 9 L * *" })),
  "sched-action-ended": bad(rule, action({ recurrence: "0 9 * * *", endTime: "2021-01-01T00:00:00Z" })),
  "sched-action-past": bad(rule, action({ startTime: "2021-01-01T00:00:00Z" })),
  "sched-action-zone": bad(rule, action({ recurrence: "0 9 * * *", timeZone: "KST+9" })),
  "fp-action": good(action({ recurrence: "*/15 8-18 * * MON-FRI", timeZone: "Asia/Seoul" })),
  "fp-action-once": good(action({ startTime: "2199-01-01T00:00:00Z" })),
  "sched-scaling": bad(
    rule,
    (n) =>
      new aws.appautoscaling.ScheduledAction(n, {
        ...{ resourceId: "service/c/s", scalableDimension: "ecs:service:DesiredCount" },
        ...{ serviceNamespace: "ecs", schedule: "cron(0 9 31 2 ? *)" },
        scalableTargetAction: { minCapacity: 1 },
      }),
  ),
  "sched-backup": bad(
    rule,
    (n) =>
      new aws.backup.Plan(n, {
        rules: [{ ruleName: "r", targetVaultName: "v", schedule: "cron(0 5 * * * *)" }],
      }),
  ),
  "fp-backup": good(
    (n) =>
      new aws.backup.Plan(n, {
        rules: [
          { ruleName: "r", targetVaultName: "v", schedule: "cron(0 5 ? * * *)" },
          { ruleName: "once", targetVaultName: "v" },
        ],
      }),
  ),
};
