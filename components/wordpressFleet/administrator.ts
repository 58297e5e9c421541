import * as aws from "@pulumi/aws";

import { named } from "../settings/named";
import { administratorSecretName } from "../shared/administratorSecret";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";

/**
 * The secret with the user name and password of the site's first administrator, as JSON. It is created without a
 * value: the server that installs the site generates the password and stores it here. So the password exists only in
 * AWS. A generator in the program (`aws.secretsmanager.getRandomPassword`, `@pulumi/random`) would leave it in the
 * program's memory and, encrypted, in Pulumi's state.
 *
 * It is deleted without a recovery window: the site is deleted with it, and the administrator of a restored site gets a
 * new password from `wordpress-server admin-password`.
 */
export function createAdministratorSecret(
  { name, tags, parent }: FleetScope,
  { dataDeletionProtection }: FleetSettings,
): aws.secretsmanager.Secret {
  const secretName = administratorSecretName(name);
  return new aws.secretsmanager.Secret(
    secretName,
    {
      description:
        "User name and password of WordPress's first administrator, stored by the server that installs the site",
      recoveryWindowInDays: 0,
      tags: named(secretName, tags),
    },
    { parent, protect: dataDeletionProtection },
  );
}
