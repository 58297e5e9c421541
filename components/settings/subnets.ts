import * as pulumi from "@pulumi/pulumi";

import { InvalidSettingsError } from "./problem";

/**
 * Subnets for something that must survive the loss of a zone: two or more, each of them once. Where they come
 * from another resource they are known only later; they are passed on through this check alone.
 * @param subject whose argument it is, e.g. `Database "wordpress"`.
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
