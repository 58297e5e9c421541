import type { Target } from "@aws-sdk/client-scheduler";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { messageOf } from "../../cli/failure";
import { z } from "../../cli/json";
import { type AwsClients, awsClients } from "../providers/aws/clients";
import { eventOf, toSeconds } from "./event";
import { callUniversalTarget, InvalidCall, universalAction } from "./universalTarget";

/** A call of a schedule's target. */
export interface Delivery {
  readonly endpoint: string;
  readonly scheduleArn: string;
  readonly target: Target;
  /** Epoch milliseconds. */
  readonly plannedTime: number;
  readonly log: (line: string) => void;
}

/** EventBridge Scheduler's own defaults. */
const defaultRetries = 185;
const defaultMaxAgeSeconds = 86_400;
/** AWS waits longer before its first retry; here users can see the retry. */
const firstWaitMilliseconds = 500;
const longestWaitMilliseconds = 60_000;

/** The outcome of a delivery. A function's own outcome comes later: its delivery is `pending`. */
export type Delivered =
  | { readonly outcome: "pending"; readonly requestId: string }
  | { readonly outcome: "succeeded" }
  | { readonly outcome: "failed"; readonly error: string };

/** Retries until the target accepts the call; a call that cannot be delivered goes to the dead-letter queue. */
export async function deliver(delivery: Delivery): Promise<Delivered> {
  const { target, plannedTime, log } = delivery;
  const executionId = randomUUID();
  const retries = target.RetryPolicy?.MaximumRetryAttempts ?? defaultRetries;
  const maxAgeSeconds = target.RetryPolicy?.MaximumEventAgeInSeconds ?? defaultMaxAgeSeconds;
  for (let attempt = 1; ; attempt++) {
    const call = { scheduleArn: delivery.scheduleArn, plannedTime, executionId, attempt };
    const event = eventOf(target.Input, call);
    try {
      const requestId = await send(delivery, event);
      log(`${delivery.scheduleArn}: called ${target.Arn ?? ""} for ${toSeconds(plannedTime)}`);
      return requestId === undefined ? { outcome: "succeeded" } : { outcome: "pending", requestId };
    } catch (error) {
      log(`${delivery.scheduleArn}: attempt ${attempt} failed: ${messageOf(error)}`);
      const wait = Math.min(firstWaitMilliseconds * 2 ** (attempt - 1), longestWaitMilliseconds);
      const tooOld = Date.now() + wait - plannedTime > maxAgeSeconds * 1000;
      if (!mayPass(error) || attempt > retries || tooOld) {
        const exhausted = tooOld ? "MaximumEventAgeInSeconds" : "MaximumRetryAttempts";
        const condition = mayPass(error) ? exhausted : undefined;
        await bury(delivery, { event, executionId, attempts: attempt, error, condition });
        return { outcome: "failed", error: messageOf(error) };
      }
      await sleep(wait);
    }
  }
}

/** Calls the target. @returns the request id of a function's invocation. */
async function send({ endpoint, target, scheduleArn }: Delivery, event: string): Promise<string | undefined> {
  const arn = target.Arn ?? "";
  const action = universalAction(arn);
  if (action !== undefined) {
    await callUniversalTarget(reach(endpoint, scheduleArn).aws, action, event);
    return undefined;
  }
  const { service, aws } = reach(endpoint, arn);
  if (service === "lambda") {
    const lambda = await aws.lambda();
    const call = { FunctionName: arn, InvocationType: "Event", Payload: Buffer.from(event) } as const;
    return (await lambda.invoke(call)).$metadata.requestId;
  } else if (service === "sqs") {
    const group = target.SqsParameters?.MessageGroupId;
    const message = { QueueUrl: queueUrl(endpoint, arn), MessageBody: event };
    const sqs = await aws.sqs();
    await sqs.sendMessage(group === undefined ? message : { ...message, MessageGroupId: group });
  } else if (service === "sns") {
    const sns = await aws.sns();
    await sns.publish({ TopicArn: arn, Message: event });
  } else {
    throw new UnsupportedTarget(
      `This clock calls Lambda functions, SQS queues and SNS topics, and makes calls of AWS's APIs, not ${arn}`,
    );
  }
  return undefined;
}

class UnsupportedTarget extends Error {
  override readonly name = "UnsupportedTarget";
}

interface Buried {
  readonly event: string;
  readonly executionId: string;
  readonly attempts: number;
  readonly error: unknown;
  /** The limit that ended the attempts, if one did. */
  readonly condition: string | undefined;
}

async function bury({ endpoint, scheduleArn, target, plannedTime, log }: Delivery, buried: Buried) {
  const queueArn = target.DeadLetterConfig?.Arn;
  if (queueArn === undefined) return;
  const about = {
    SCHEDULE_ARN: scheduleArn,
    TARGET_ARN: target.Arn ?? "",
    SCHEDULED_TIME: toSeconds(plannedTime),
    EXECUTION_ID: buried.executionId,
    RETRY_ATTEMPTS: `${buried.attempts - 1}`,
    ERROR_CODE: buried.error instanceof Error ? buried.error.name : "Unknown",
    ERROR_MESSAGE: messageOf(buried.error),
    ...(buried.condition === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: buried.condition }),
  };
  const attributes = Object.entries(about).map(
    ([name, value]) => [name, { DataType: "String", StringValue: value }] as const,
  );
  try {
    const sqs = await reach(endpoint, queueArn).aws.sqs();
    await sqs.sendMessage({
      QueueUrl: queueUrl(endpoint, queueArn),
      MessageBody: buried.event,
      MessageAttributes: Object.fromEntries(attributes),
    });
  } catch (error) {
    log(`${scheduleArn}: its dead-letter queue ${queueArn} failed too: ${messageOf(error)}`);
  }
}

/** Clients for the account and region of the ARN. */
function reach(endpoint: string, arn: string): { readonly service: string; readonly aws: AwsClients } {
  const [, , service = "", region = "", accountId = ""] = arn.split(":");
  return { service, aws: awsClients({ endpoint, region, accountId }) };
}

function queueUrl(endpoint: string, arn: string): string {
  const [, , , , accountId = "", name = ""] = arn.split(":");
  return `${endpoint}/${accountId}/${name}`;
}

const answeredSchema = z.object({ $metadata: z.object({ httpStatusCode: z.number().optional() }) });

/** Whether a retry may succeed: after throttling, a server error, or no answer. Other errors are final. */
function mayPass(error: unknown): boolean {
  if (error instanceof UnsupportedTarget || error instanceof InvalidCall) return false;
  const answered = answeredSchema.safeParse(error);
  const status = answered.success ? answered.data.$metadata.httpStatusCode : undefined;
  return status === undefined || status === 429 || (status >= 500 && status !== 501);
}
