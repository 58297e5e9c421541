import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";

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

/** Creates a role with this policy, unless there is an existing role to use. */
export function createRole(
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

/** Lets a service assume a role, under conditions that exclude resources of other accounts. */
export function trustPolicy(
  service: string,
  condition?: Readonly<Record<string, unknown>>,
): pulumi.Output<string> {
  const Condition = condition === undefined ? {} : { Condition: condition };
  return allowing([{ Action: "sts:AssumeRole", Principal: { Service: service }, ...Condition }]);
}

/** A policy document of statements that allow. */
export function allowing(statements: readonly Readonly<Record<string, unknown>>[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });
}
