import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { Family } from "./family";

/** Who a server is to AWS. */
export interface ServerIdentity {
  readonly instanceProfileName: pulumi.Output<string>;
  /** Of the role that the fleet made; `undefined` with an existing profile. */
  readonly roleName: pulumi.Output<string> | undefined;
}

/** A role that may read the database's secret, and nothing else; or a profile that exists already. */
export function createServerIdentity(
  { name, tags, parent }: Family,
  existingProfileName: string | undefined,
  secretArn: pulumi.Input<string>,
): ServerIdentity {
  if (existingProfileName !== undefined) {
    return { instanceProfileName: pulumi.output(existingProfileName), roleName: undefined };
  }
  const roleName = `${name}-servers`;
  const role = new aws.iam.Role(
    roleName,
    {
      description: "WordPress servers: read the password of their database",
      assumeRolePolicy: serversOnlyPolicy(),
      tags: named(roleName, tags),
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-read-secret`,
    { role: role.name, policy: readSecretPolicy(secretArn) },
    { parent },
  );
  const profile = new aws.iam.InstanceProfile(
    roleName,
    { role: role.name, tags: named(roleName, tags) },
    // A server that starts may read its secret at once.
    { parent, dependsOn: [policy] },
  );
  return { instanceProfileName: profile.name, roleName: role.name };
}

/** Lets EC2 give the role to servers, and no one else take it. */
function serversOnlyPolicy(): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
  });
}

/** RDS encrypts the secret with AWS's own key, for which the account needs no permission. */
function readSecretPolicy(secretArn: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn }],
  });
}
