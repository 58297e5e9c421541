import type { Finding } from "../finding";
import { judgeAt } from "../propertyPaths";
import type { AnyResource } from "../resourceTypes";

/** The syntax of a schedule's expression. */
export type Dialect =
  /** `at(…)`, `rate(…)` and `cron(…)` of EventBridge Scheduler and of services with the same syntax. */
  | "scheduler"
  /** `rate(…)` and `cron(…)` of an EventBridge rule, which refuses `rate(1 minutes)`. */
  | "rule"
  /** As `scheduler`; Systems Manager accepts seconds before the six fields. */
  | "manager"
  /** As `scheduler`; `rate(0 minute)` runs once. */
  | "canary"
  /** Five Unix cron fields. */
  | "unix";

/** A schedule of any type. */
export interface ScheduleView {
  /** Its property, e.g. `scheduleExpression`. */
  readonly at: string;
  readonly expression: string;
  readonly dialect: Dialect;
  readonly zone: ScheduleProperty | undefined;
  /** No run is earlier, as an ISO time. */
  readonly start: ScheduleProperty | undefined;
  /** No run is later, as an ISO time. */
  readonly end: ScheduleProperty | undefined;
}

export interface ScheduleProperty {
  readonly at: string;
  readonly value: string;
}

interface ScheduleType {
  readonly dialect: Dialect;
  /** The path of the expression. */
  readonly expression: string;
  readonly zone?: string;
  readonly start?: string;
  readonly end?: string;
}

/** The types with schedules. */
export const scheduleTypes: Readonly<Record<string, ScheduleType>> = {
  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    ...{ dialect: "scheduler", expression: "schedule", zone: "timezone" },
    ...{ start: "startTime", end: "endTime" },
  },
  "aws:autoscaling/schedule:Schedule": {
    ...{ dialect: "unix", expression: "recurrence", zone: "timeZone" },
    ...{ start: "startTime", end: "endTime" },
  },
  "aws:backup/plan:Plan": { dialect: "scheduler", expression: "rules[].schedule" },
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": {
    ...{ dialect: "scheduler", expression: "scheduleExpression", zone: "scheduleExpressionTimezone" },
  },
  "aws:cloudwatch/eventRule:EventRule": { dialect: "rule", expression: "scheduleExpression" },
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": {
    ...{ dialect: "scheduler", expression: "policyDetails.schedules[].createRule.cronExpression" },
  },
  "aws:glue/crawler:Crawler": { dialect: "scheduler", expression: "schedule" },
  "aws:glue/trigger:Trigger": { dialect: "scheduler", expression: "schedule" },
  "aws:imagebuilder/imagePipeline:ImagePipeline": {
    ...{ dialect: "scheduler", expression: "schedule.scheduleExpression" },
  },
  "aws:redshift/scheduledAction:ScheduledAction": {
    ...{ dialect: "scheduler", expression: "schedule", start: "startTime", end: "endTime" },
  },
  "aws:synthetics/canary:Canary": { dialect: "canary", expression: "schedule.expression" },
  "aws:ssm/association:Association": { dialect: "manager", expression: "scheduleExpression" },
  "aws:ssm/maintenanceWindow:MaintenanceWindow": {
    ...{ dialect: "manager", expression: "schedule", zone: "scheduleTimezone" },
    ...{ start: "startDate", end: "endDate" },
  },
  "aws:scheduler/schedule:Schedule": {
    ...{ dialect: "scheduler", expression: "scheduleExpression", zone: "scheduleExpressionTimezone" },
    ...{ start: "startDate", end: "endDate" },
  },
};

/** Judges the schedules of a resource; a resource may have none, such as a rule with an event pattern. */
export function judgeSchedules(
  { type, props }: AnyResource,
  judge: (schedule: ScheduleView) => Iterable<Finding>,
): Iterable<Finding> {
  const scheduleType = scheduleTypes[type];
  if (scheduleType === undefined) return [];
  const { dialect, expression, zone, start, end } = scheduleType;
  return judgeAt(props, expression, (value, at) =>
    typeof value === "string" && value !== "" && !(dialect === "canary" && isOnce(value))
      ? judge({
          at,
          expression: dialect === "manager" ? withoutSeconds(value) : value,
          dialect,
          zone: propertyOf(props, zone),
          start: propertyOf(props, start),
          end: propertyOf(props, end),
        })
      : [],
  );
}

function isOnce(expression: string): boolean {
  return /^rate\(\s*0\s+(?:minute|hour)s?\s*\)$/.test(expression);
}

function withoutSeconds(expression: string): string {
  return expression.replace(/^cron\(\s*\S+\s+((?:\S+\s+){5}\S+\s*\))$/, "cron($1");
}

function propertyOf(props: object, name: string | undefined): ScheduleProperty | undefined {
  const value: unknown = name === undefined ? undefined : Reflect.get(props, name);
  return name === undefined || typeof value !== "string" || value === "" ? undefined : { at: name, value };
}
