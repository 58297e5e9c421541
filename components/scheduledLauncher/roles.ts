import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { createRole, trustPolicy, type Role, type RolePlace } from "../shared/roles";
import { functionPolicy, schedulerPolicy, type FunctionScope } from "./policies";

/** The execution role of the function. */
export function functionRole(name: string, scope: FunctionScope, place: RolePlace): Role {
  return createRole(name, trustPolicy("lambda.amazonaws.com"), functionPolicy(scope), place);
}

/** The role with which the schedules of a group invoke the function. */
export function schedulerRole(
  name: string,
  { group, launcher, failures, accountId }: SchedulerScope,
  place: RolePlace,
): Role {
  const trust = trustPolicy("scheduler.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": accountId, "aws:SourceArn": group.arn },
  });
  return createRole(name, trust, schedulerPolicy(launcher.arn, failures.arn), place);
}

export interface SchedulerScope {
  readonly group: aws.scheduler.ScheduleGroup;
  readonly launcher: aws.lambda.Function;
  readonly failures: aws.sqs.Queue;
  readonly accountId: pulumi.Input<string>;
}
