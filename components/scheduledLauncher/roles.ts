import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import { functionPolicy, schedulerPolicy, trustPolicy, type FunctionScope } from "./policies";

/** A role, and what must be there before it can do its work. */
export interface Role {
  readonly arn: pulumi.Input<string>;
  readonly ready: readonly pulumi.Resource[];
}

export interface RolePlace {
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
  /** Taken instead of a role of its own: then no IAM resource is made. */
  readonly existingRoleArn?: string | undefined;
}

/** The role that the function runs as. */
export function functionRole(name: string, scope: FunctionScope, place: RolePlace): Role {
  return createRole(name, trustPolicy("lambda.amazonaws.com"), functionPolicy(scope), place);
}

/** The role that the schedules of one group call the function as. */
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

function createRole(
  name: string,
  trust: pulumi.Output<string>,
  policy: pulumi.Output<string>,
  { tags, parent, existingRoleArn }: RolePlace,
): Role {
  if (existingRoleArn !== undefined) return { arn: existingRoleArn, ready: [] };
  const role = new aws.iam.Role(name, { assumeRolePolicy: trust, tags: named(name, tags) }, { parent });
  const rolePolicy = new aws.iam.RolePolicy(name, { role: role.name, policy }, { parent: role });
  return { arn: role.arn, ready: [rolePolicy] };
}
