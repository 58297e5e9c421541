import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import { functionPolicy, schedulerPolicy, trustPolicy, type FunctionScope } from "./policies";

/** A role, and the resources that must exist before it is usable. */
export interface Role {
  readonly arn: pulumi.Input<string>;
  readonly ready: readonly pulumi.Resource[];
}

export interface RolePlace {
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
  /** Used instead of a role of its own. The component then creates no IAM resource. */
  readonly existingRoleArn?: string | undefined;
}

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
