import type { StackResourceOf } from "./stack";

/** The Availability Zones that some subnets are in, each once; a zone that AWS shall choose is none yet. */
export function zonesOf(subnets: readonly StackResourceOf<"aws:ec2/subnet:Subnet">[]): readonly string[] {
  const zones = subnets.map(({ props }) => props.availabilityZone ?? props.availabilityZoneId);
  return [...new Set(zones)].filter((zone) => zone !== undefined);
}
