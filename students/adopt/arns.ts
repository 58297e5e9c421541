import type { Found } from "./found";

/** How to import a resource by its ARN: the type, and the id if it is not the ARN. */
type Rule = readonly [RegExp, string, ((resource: string) => string)?];

const itself = (resource: string) => resource;

/** The first group of each pattern is the resource's own part of the ARN. */
const rules: readonly Rule[] = [
  [/:sns:[^:]*:\d+:(.+)$/, "aws:sns/topic:Topic"],
  [/:secretsmanager:[^:]*:\d+:secret:(.+)$/, "aws:secretsmanager/secret:Secret"],
  [/:rds:[^:]*:\d+:db:(.+)$/, "aws:rds/instance:Instance", itself],
  [/:rds:[^:]*:\d+:pg:(.+)$/, "aws:rds/parameterGroup:ParameterGroup", itself],
  [/:rds:[^:]*:\d+:subgrp:(.+)$/, "aws:rds/subnetGroup:SubnetGroup", itself],
  [/:elasticfilesystem:[^:]*:\d+:file-system\/(.+)$/, "aws:efs/fileSystem:FileSystem", itself],
  [/:logs:[^:]*:\d+:log-group:([^:]+)/, "aws:cloudwatch/logGroup:LogGroup", itself],
  [/:cloudwatch:[^:]*:\d+:alarm:(.+)$/, "aws:cloudwatch/metricAlarm:MetricAlarm", itself],
  [/:lambda:[^:]*:\d+:function:([^:]+)$/, "aws:lambda/function:Function", itself],
  [/:scheduler:[^:]*:\d+:schedule-group\/(.+)$/, "aws:scheduler/scheduleGroup:ScheduleGroup", itself],
  [/:elasticloadbalancing:.*:loadbalancer\/(app\/.+)$/, "aws:lb/loadBalancer:LoadBalancer"],
  [/:elasticloadbalancing:.*:targetgroup\/(.+)$/, "aws:lb/targetGroup:TargetGroup"],
  [/:elasticloadbalancing:.*:listener\/(app\/.+)$/, "aws:lb/listener:Listener"],
];

/**
 * A tagged resource by its ARN; undefined for a kind that the program does not create this way.
 * @param queueUrls the start of a queue's URL, e.g. `https://sqs.us-east-1.amazonaws.com`
 */
export function foundByArn(arn: string, name: string, queueUrls: string): Found | undefined {
  const queue = /:sqs:[^:]*:(\d+):(.+)$/.exec(arn);
  if (queue !== null) {
    const [, account = "", queueName = ""] = queue;
    return { type: "aws:sqs/queue:Queue", name, id: `${queueUrls}/${account}/${queueName}` };
  }
  for (const [pattern, type, idOf] of rules) {
    const resource = pattern.exec(arn)?.[1];
    if (resource !== undefined) return { type, name, id: idOf === undefined ? arn : idOf(resource) };
  }
  return undefined;
}
