import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { FleetScope } from "./scope";

/** The IAM identity of a server. */
export interface ServerIdentity {
  readonly instanceProfileName: pulumi.Output<string>;
  /** Name of the role that the fleet creates; `undefined` with an existing instance profile. */
  readonly roleName: pulumi.Output<string> | undefined;
}

/** The secrets that the servers' role may use. */
export interface ServerSecrets {
  /** Read. */
  readonly databaseArn: pulumi.Input<string>;
  /** Read, and written once: {@link createAdministratorSecret} gives the reason. */
  readonly administratorArn: pulumi.Input<string>;
}

/** A role that may use only these two secrets and, if configured, send mail; or an existing instance profile. */
export function createServerIdentity(
  { name, tags, parent }: FleetScope,
  existingProfileName: string | undefined,
  secrets: ServerSecrets,
  mailPolicy: pulumi.Output<string> | undefined,
): ServerIdentity {
  if (existingProfileName !== undefined) {
    return { instanceProfileName: pulumi.output(existingProfileName), roleName: undefined };
  }
  const roleName = `${name}-servers`;
  const role = new aws.iam.Role(
    roleName,
    {
      description: "WordPress servers: the secrets of their database and administrator, and mail",
      assumeRolePolicy: serversOnlyPolicy(),
      tags: named(roleName, tags),
    },
    { parent },
  );
  const policies = Object.entries({ secrets: secretsPolicy(secrets), mail: mailPolicy }).flatMap(
    ([purpose, policy]) =>
      policy === undefined
        ? []
        : new aws.iam.RolePolicy(`${name}-${purpose}`, { role: role.name, policy }, { parent }),
  );
  const profile = new aws.iam.InstanceProfile(
    roleName,
    { role: role.name, tags: named(roleName, tags) },
    // A server reads its secrets as soon as it starts.
    { parent, dependsOn: policies },
  );
  return { instanceProfileName: profile.name, roleName: role.name };
}

/** Only EC2 may assume the role. */
function serversOnlyPolicy(): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
  });
}

/** Both secrets are encrypted with the AWS managed key, which needs no KMS permission. */
function secretsPolicy({ databaseArn, administratorArn }: ServerSecrets): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: [databaseArn, administratorArn],
      },
      { Effect: "Allow", Action: "secretsmanager:PutSecretValue", Resource: administratorArn },
    ],
  });
}
