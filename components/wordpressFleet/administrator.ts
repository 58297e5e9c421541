import * as aws from "@pulumi/aws";

import { named } from "../settings/named";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";

/**
 * Where the site's first administrator's user and password are, as JSON. It is made without a value: the server
 * that installs the site makes the password and puts it here. So it exists in AWS alone, where any generator of
 * Pulumi's (`aws.secretsmanager.getRandomPassword`, `@pulumi/random`) would leave it in the program's memory and,
 * if encrypted, in its state.
 *
 * No waiting time at its deletion: the site is gone with it, and a restored one's administrator gets a new password
 * by `wordpress-server admin-password`.
 */
export function createAdministratorSecret(
  { name, tags, parent }: FleetScope,
  { dataDeletionProtection }: FleetSettings,
): aws.secretsmanager.Secret {
  const secretName = `${name}-administrator`;
  return new aws.secretsmanager.Secret(
    secretName,
    {
      description: "WordPress's first administrator, as the installing server made it",
      recoveryWindowInDays: 0,
      tags: named(secretName, tags),
    },
    { parent, protect: dataDeletionProtection },
  );
}
