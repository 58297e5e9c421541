import type { Target } from "@aws-sdk/client-scheduler";
import type { input } from "@pulumi/aws/types";

import type { Properties, PropertyRule } from "../resourceType";
import { present, reading, type Known } from "../values";

type ScheduleTarget = input.scheduler.ScheduleTarget;
type Retry = input.scheduler.ScheduleTargetRetryPolicy;
type DeadLetters = input.scheduler.ScheduleTargetDeadLetterConfig;

/** A target with only an ARN, a role and an input: a function, a topic, an API call. */
export const targetRules: NonNullable<PropertyRule<ScheduleTarget>["nested"]> = {
  arn: { required: true },
  deadLetterConfig: { nested: { arn: { required: true } } },
  input: {},
  retryPolicy: {
    computed: true,
    nested: {
      maximumEventAgeInSeconds: { default: 86_400 },
      maximumRetryAttempts: { default: 185 },
    },
  },
  roleArn: { required: true },
};

/** In Scheduler's format. */
export function toTarget(target: Properties) {
  const from = reading<ScheduleTarget>(target);
  const deadLetters = from.object("deadLetterConfig");
  const retry = from.object("retryPolicy");
  return {
    Arn: from.requiredString("arn"),
    DeadLetterConfig:
      deadLetters === undefined
        ? undefined
        : { Arn: reading<DeadLetters>(deadLetters).requiredString("arn") },
    Input: from.string("input"),
    RetryPolicy: retry === undefined ? undefined : retryPolicy(retry),
    RoleArn: from.requiredString("roleArn"),
  } satisfies Target;
}

function retryPolicy(retry: Properties) {
  const from = reading<Retry>(retry);
  return {
    MaximumEventAgeInSeconds: from.number("maximumEventAgeInSeconds"),
    MaximumRetryAttempts: from.number("maximumRetryAttempts"),
  };
}

/** In the SDK's format. */
export function fromTarget(target: Target | undefined): Properties | undefined {
  if (target === undefined) return undefined;
  const { DeadLetterConfig: deadLetters, RetryPolicy: retry } = target;
  return present({
    arn: target.Arn,
    deadLetterConfig:
      deadLetters?.Arn === undefined
        ? undefined
        : present({ arn: deadLetters.Arn } satisfies Known<DeadLetters>),
    input: target.Input,
    retryPolicy: present({
      maximumEventAgeInSeconds: retry?.MaximumEventAgeInSeconds ?? 86_400,
      maximumRetryAttempts: retry?.MaximumRetryAttempts ?? 185,
    } satisfies Known<Retry>),
    roleArn: target.RoleArn,
  } satisfies Known<ScheduleTarget>);
}
