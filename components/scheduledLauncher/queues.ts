import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";

/** Where calls' ends are told. */
export interface Queues {
  /** What calls returned. */
  readonly results: aws.sqs.Queue;
  /** Calls that failed for good, or could never be made. */
  readonly failures: aws.sqs.Queue;
}

export interface QueuePlace {
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
}

const secondsPerDay = 86_400;

/** Both encrypted; a failure stays for SQS's longest time, so that a holiday does not hide it. */
export function createQueues(name: string, place: QueuePlace): Queues {
  return {
    results: createQueue(`${name}-results`, 4 * secondsPerDay, place),
    failures: createQueue(`${name}-failures`, 14 * secondsPerDay, place),
  };
}

function createQueue(
  name: string,
  messageRetentionSeconds: number,
  { tags, parent }: QueuePlace,
): aws.sqs.Queue {
  return new aws.sqs.Queue(
    name,
    { messageRetentionSeconds, sqsManagedSseEnabled: true, tags: named(name, tags) },
    { parent },
  );
}

/** Rings while there is any failure in the queue: look into it, then empty it. */
export function createFailureAlarm(
  name: string,
  failures: aws.sqs.Queue,
  topicArn: pulumi.Input<string> | undefined,
  { tags, parent }: QueuePlace,
): aws.cloudwatch.MetricAlarm {
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: "The scheduled launcher failed; the messages in its failures queue say how.",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: failures.name },
      statistic: "Maximum",
      period: 300,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "notBreaching",
      ...(topicArn === undefined ? {} : { alarmActions: [topicArn] }),
      tags: named(name, tags),
    },
    { parent },
  );
}
