import * as aws from "@pulumi/aws";

import { named } from "../settings/named";
import type { Family } from "./family";

/** What is worth a person's attention: a metric of the load balancer, and when it is too much or too little. */
interface Alarm {
  readonly name: string;
  readonly description: string;
  readonly metricName: string;
  /** Whether the metric is one of the target group, or of the load balancer as a whole. */
  readonly of: "targetGroup" | "loadBalancer";
  readonly statistic: "Maximum" | "Sum";
  readonly comparisonOperator: "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** Minutes in a row. */
  readonly minutes: number;
  /** What it means when the load balancer reports nothing. */
  readonly treatMissingData: "breaching" | "notBreaching";
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
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
];

export interface AlarmParts {
  readonly loadBalancer: aws.lb.LoadBalancer;
  readonly targetGroup: aws.lb.TargetGroup;
  readonly topic: aws.sns.Topic;
  /** A fleet that was told to have no server is not to be reported for it. */
  readonly silent: boolean;
}

/** Tells the topic when the site suffers, and when it has recovered. About 10 cents a month each. */
export function createAlarms(
  { name, tags, parent }: Family,
  { loadBalancer, targetGroup, topic, silent }: AlarmParts,
): readonly aws.cloudwatch.MetricAlarm[] {
  const dimensions = {
    loadBalancer: { LoadBalancer: loadBalancer.arnSuffix },
    targetGroup: { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: targetGroup.arnSuffix },
  };
  return alarms.map((alarm) => {
    const alarmName = `${name}-${alarm.name}`;
    return new aws.cloudwatch.MetricAlarm(
      alarmName,
      {
        alarmDescription: alarm.description,
        namespace: "AWS/ApplicationELB",
        metricName: alarm.metricName,
        dimensions: dimensions[alarm.of],
        statistic: alarm.statistic,
        period: 60,
        evaluationPeriods: alarm.minutes,
        comparisonOperator: alarm.comparisonOperator,
        threshold: alarm.threshold,
        treatMissingData: alarm.treatMissingData,
        actionsEnabled: !silent,
        alarmActions: [topic.arn],
        okActions: [topic.arn],
        tags: named(alarmName, tags),
      },
      { parent },
    );
  });
}
