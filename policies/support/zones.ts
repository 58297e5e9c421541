import type { References } from "./references";
import type { StackResourceOf } from "./stack";

type Subnet = StackResourceOf<"aws:ec2/subnet:Subnet">;

/** The Availability Zones of subnets, each once; a zone that AWS is to choose is not one yet. */
export function zonesOf(subnets: readonly Subnet[]): readonly string[] {
  const zones = subnets.map(({ props }) => props.availabilityZone ?? props.availabilityZoneId);
  return [...new Set(zones)].filter((zone) => zone !== undefined);
}

/** The Availability Zones of subnets, some of which a preview may not know. */
export interface ReferencedZones {
  readonly certain: readonly string[];
  readonly possible: readonly string[];
  /** The policy SDK's error about the unknown value; `undefined` when all are known. */
  readonly unknown: Error | undefined;
}

export function referencedZones({
  certain,
  possible,
  unknown,
}: References<"aws:ec2/subnet:Subnet">): ReferencedZones {
  return { certain: zonesOf(certain), possible: zonesOf(possible), unknown };
}
