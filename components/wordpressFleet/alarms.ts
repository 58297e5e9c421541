import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { FleetScope } from "./scope";

/** Whose metric it is; `site` as Route 53 sees it from outside. */
type Subject = "targetGroup" | "loadBalancer" | "database" | "site";

/** What is worth a person's attention: a metric, and when it is too much or too little. */
interface Alarm {
  readonly name: string;
  readonly description: string;
  readonly metricName: string;
  readonly of: Subject;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
  readonly comparisonOperator: "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** Minutes in a row. */
  readonly minutes: number;
  /** What it means when nothing is reported. */
  readonly treatMissingData: "breaching" | "notBreaching";
}

const gibibyte = 1024 ** 3;

/**
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html
 */
const alarms: readonly Alarm[] = [
  {
    name: "no-healthy-server",
    description: "No server is healthy: the site is down",
    metricName: "HealthyHostCount",
    of: "targetGroup",
    statistic: "Maximum",
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    minutes: 2,
    // It is only reported while there is a server at all.
    treatMissingData: "breaching",
  },
  {
    name: "unhealthy-server",
    description: "A server stays unhealthy, longer than its replacement should take",
    metricName: "UnHealthyHostCount",
    of: "targetGroup",
    statistic: "Maximum",
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    minutes: 10,
    treatMissingData: "notBreaching",
  },
  {
    name: "server-errors",
    description: "Servers answer with errors",
    metricName: "HTTPCode_Target_5XX_Count",
    of: "targetGroup",
    statistic: "Sum",
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 5,
    minutes: 3,
    treatMissingData: "notBreaching",
  },
  {
    name: "load-balancer-errors",
    description: "The load balancer itself answers with errors: servers are away, slow or too few",
    metricName: "HTTPCode_ELB_5XX_Count",
    of: "loadBalancer",
    statistic: "Sum",
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 5,
    minutes: 3,
    treatMissingData: "notBreaching",
  },
  {
    name: "site-unwell",
    description:
      "The site asked as a whole, with its database (/healthz/deep), does not answer that it is well",
    metricName: "HealthCheckStatus",
    of: "site",
    statistic: "Minimum",
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    minutes: 2,
    treatMissingData: "breaching",
  },
  {
    name: "database-busy-or-away",
    description: "The database has been busy to its limit, or silent, for ten minutes",
    metricName: "CPUUtilization",
    of: "database",
    statistic: "Average",
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 90,
    minutes: 10,
    // A database that is stopped or cannot be reached reports nothing.
    treatMissingData: "breaching",
  },
  {
    name: "database-storage",
    description: "The database has less than 2 GiB of storage left; without any it stops",
    metricName: "FreeStorageSpace",
    of: "database",
    statistic: "Minimum",
    comparisonOperator: "LessThanThreshold",
    threshold: 2 * gibibyte,
    minutes: 5,
    treatMissingData: "notBreaching",
  },
];

export interface AlarmParts {
  readonly loadBalancer: aws.lb.LoadBalancer;
  readonly targetGroup: aws.lb.TargetGroup;
  readonly databaseIdentifier: pulumi.Input<string>;
  /** Of Route 53; `undefined` when nobody asks the site from outside. */
  readonly siteHealthCheckId: pulumi.Input<string> | undefined;
  readonly topic: aws.sns.Topic;
  /** Whether the fleet has no servers on purpose: only the database still runs. */
  readonly paused: boolean;
}

/** Tells the topic when the site suffers, and when it has recovered. About 10 cents a month each. */
export function createAlarms(
  { name, tags, parent }: FleetScope,
  { topic, paused, ...parts }: AlarmParts,
): readonly aws.cloudwatch.MetricAlarm[] {
  const subjects = subjectsOf(parts);
  return alarms.flatMap((alarm) => {
    const subject = subjects[alarm.of];
    if (subject === undefined) return [];
    const ofDatabase = alarm.of === "database";
    const alarmName = `${name}-${alarm.name}`;
    return new aws.cloudwatch.MetricAlarm(
      alarmName,
      {
        alarmDescription: alarm.description,
        ...subject,
        metricName: alarm.metricName,
        statistic: alarm.statistic,
        period: 60,
        evaluationPeriods: alarm.minutes,
        comparisonOperator: alarm.comparisonOperator,
        threshold: alarm.threshold,
        // A paused site's database may be stopped, too, and then reports nothing.
        treatMissingData: paused && ofDatabase ? "notBreaching" : alarm.treatMissingData,
        actionsEnabled: !paused || ofDatabase,
        alarmActions: [topic.arn],
        okActions: [topic.arn],
        tags: named(alarmName, tags),
      },
      { parent },
    );
  });
}

/** Under which name and for what CloudWatch has a subject's metrics; `undefined` where it has none. */
function subjectsOf({
  loadBalancer,
  targetGroup,
  databaseIdentifier,
  siteHealthCheckId,
}: Omit<AlarmParts, "topic" | "paused">) {
  const balancing = "AWS/ApplicationELB";
  return {
    loadBalancer: { namespace: balancing, dimensions: { LoadBalancer: loadBalancer.arnSuffix } },
    targetGroup: {
      namespace: balancing,
      dimensions: { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: targetGroup.arnSuffix },
    },
    database: { namespace: "AWS/RDS", dimensions: { DBInstanceIdentifier: databaseIdentifier } },
    site:
      siteHealthCheckId === undefined
        ? undefined
        : { namespace: "AWS/Route53", dimensions: { HealthCheckId: siteHealthCheckId } },
  };
}
