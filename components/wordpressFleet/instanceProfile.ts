import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { FleetScope } from "./scope";

/** Who a server is to AWS. */
export interface ServerIdentity {
  readonly instanceProfileName: pulumi.Output<string>;
  /** Of the role that the fleet made; `undefined` with an existing profile. */
  readonly roleName: pulumi.Output<string> | undefined;
}

/** What the servers' role is for. */
export interface ServerSecrets {
  /** To read. */
  readonly databaseArn: pulumi.Input<string>;
  /** To read, and to fill once: {@link createAdministratorSecret} says why. */
  readonly administratorArn: pulumi.Input<string>;
}

/** A role that may use these two secrets and send mail if asked, and nothing else; or a profile that exists already. */
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
    // A server that starts may use its secrets at once.
    { parent, dependsOn: policies },
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

/** Both are encrypted with AWS's own key, for which the account needs no permission. */
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
