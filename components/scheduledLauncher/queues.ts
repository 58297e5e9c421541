import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import { withRunbook } from "../shared/runbook";

/** The destinations of the function's invocations. */
export interface Queues {
  /** Receives what successful invocations return. */
  readonly results: aws.sqs.Queue;
  /** Receives events that failed after all retries, and those that could not be delivered. */
  readonly failures: aws.sqs.Queue;
}

export interface QueuePlace {
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
}

const secondsPerDay = 86_400;

/** Both encrypted. Failures stay for SQS's maximum of 14 days, so that they are still there after a holiday. */
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

/** In alarm while the failures queue has a message. Find the cause, then purge the queue. */
export function createFailureAlarm(
  name: string,
  failures: aws.sqs.Queue,
  topicArn: pulumi.Input<string> | undefined,
  { tags, parent }: QueuePlace,
): aws.cloudwatch.MetricAlarm {
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: withRunbook(
        "The scheduled launcher failed. The messages in its failures queue contain the errors.",
        "launcher-failures",
      ),
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
