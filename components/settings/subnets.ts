import * as pulumi from "@pulumi/pulumi";

import { InvalidSettingsError } from "./problem";

/**
 * Subnets of a resource that must survive the loss of an Availability Zone: two or more different ones. Subnets of
 * another resource are checked when they are known, and passed on only after the check.
 * @param subject the component of the argument, e.g. `Database "wordpress"`.
 */
export function severalSubnets(
  subject: string,
  path: string,
  subnetIds: pulumi.Input<readonly pulumi.Input<string>[]>,
): pulumi.Output<string[]> {
  return pulumi.output(subnetIds).apply((ids) => {
    if (ids.length >= 2 && new Set(ids).size === ids.length) return [...ids];
    const allowed = "two or more different subnets, in different Availability Zones";
    throw new InvalidSettingsError(subject, [{ path, value: ids, allowed }]);
  });
}
