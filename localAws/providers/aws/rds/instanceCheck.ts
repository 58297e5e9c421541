import type { InstanceArgs } from "@pulumi/aws/rds";

import { outOfRange } from "../range";
import type { CheckFailure, Properties } from "../resourceType";
import { reading } from "../values";

/** Values that RDS refuses and the emulator accepts. Source: the RDS API reference, CreateDBInstance. */
export function checkInstance(inputs: Properties): readonly CheckFailure[] {
  const from = reading<InstanceArgs>(inputs);
  const retention = { min: 0, max: 35, unit: "days" };
  const failures = [...outOfRange("backupRetentionPeriod", from.number("backupRetentionPeriod"), retention)];
  const refuse = (property: keyof InstanceArgs, reason: string) => failures.push({ property, reason });

  const storage = from.number("allocatedStorage");
  const maximum = from.number("maxAllocatedStorage");
  if (storage !== undefined && maximum !== undefined && maximum !== 0 && maximum < storage) {
    refuse(
      "maxAllocatedStorage",
      `${String(maximum)} - allowed: 0, or allocatedStorage (${String(storage)}) and more`,
    );
  }
  const identifier = from.string("identifier");
  if (identifier !== undefined && !/^[a-z](?!.*--)[a-z0-9-]{0,62}(?<!-)$/i.test(identifier)) {
    refuse(
      "identifier",
      `${identifier} - allowed: 1 to 63 letters, digits and single hyphens, a letter first`,
    );
  }
  const manages = from.boolean("manageMasterUserPassword") === true;
  const password = from.string("password");
  if (manages && password !== undefined) refuse("password", "given together with manageMasterUserPassword");
  if (!manages && password === undefined) {
    refuse("password", "missing - set it, or manageMasterUserPassword: true");
  }
  return failures;
}
