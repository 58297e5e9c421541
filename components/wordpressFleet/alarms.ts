import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import { withRunbook } from "../shared/runbook";
import type { FleetScope } from "./scope";

/** The resource of a metric; `site` is the health check of Route 53. */
type Subject = "targetGroup" | "loadBalancer" | "database" | "site";

/** A metric, and the threshold at which an operator must act. */
interface Alarm {
  /** Also the name of its page in docs/runbook. */
  readonly name: string;
  readonly description: string;
  readonly metricName: string;
  readonly of: Subject;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
  readonly comparisonOperator: "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** Consecutive minutes. */
  readonly minutes: number;
  /** How CloudWatch treats minutes without data. */
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
    description: "No server is healthy: the site is down.",
    metricName: "HealthyHostCount",
    of: "targetGroup",
    statistic: "Maximum",
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    minutes: 2,
    // CloudWatch has this metric only while the target group has a server.
    treatMissingData: "breaching",
  },
  {
    name: "unhealthy-server",
    description: "A server has been unhealthy for longer than its replacement takes.",
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
    description: "Servers respond with errors (5xx).",
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
    description: "The load balancer itself responds with errors (5xx): servers are missing, slow or too few.",
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
    description: "The health check of the whole site, with its database (/healthz/deep), fails.",
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
    description: "The database has had high CPU utilization, or reported no metrics, for ten minutes.",
    metricName: "CPUUtilization",
    of: "database",
    statistic: "Average",
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 90,
    minutes: 10,
    // A stopped or unreachable database reports nothing.
    treatMissingData: "breaching",
  },
  {
    name: "database-storage",
    description: "The database has less than 2 GiB of free storage; it stops when none is left.",
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
  /** Id of the Route 53 health check; `undefined` when the site has none. */
  readonly siteHealthCheckId: pulumi.Input<string> | undefined;
  readonly topic: aws.sns.Topic;
  /** Whether the fleet is paused: it has no servers, and only the database still runs. */
  readonly paused: boolean;
}

/** Alarms that publish to the topic when the site has a problem and when it has recovered. About $0.10 a month each. */
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
        alarmDescription: withRunbook(alarm.description, alarm.name),
        ...subject,
        metricName: alarm.metricName,
        statistic: alarm.statistic,
        period: 60,
        evaluationPeriods: alarm.minutes,
        comparisonOperator: alarm.comparisonOperator,
        threshold: alarm.threshold,
        // The database of a paused site may also be stopped, and then reports nothing.
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

/** Namespace and dimensions of each subject's metrics in CloudWatch; `undefined` where it has none. */
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
