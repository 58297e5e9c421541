import { endOf, formatRange, parseRange, rangeFrom, size } from "./ipv4";
import type { PlannedSubnet, SubnetSpec } from "./subnetSpec";

export interface AutoRequest {
  readonly cidrBlock: string;
  readonly zones: readonly string[];
  /** @default awsx's: half of each zone private, a quarter public */
  readonly specs?: readonly SubnetSpec[];
  /** A zone's prefix length. @default an even division of the VPC */
  readonly zonePrefixLength?: number;
}

/**
 * Each zone gets an equal part of the VPC. Its subnets follow each other in the order of their specs, each on its own
 * boundary. The rest of a zone is unused.
 * Source: awsx/ec2/subnetDistributorNew.ts of github.com/pulumi/pulumi-awsx.
 */
export function autoPlan({
  cidrBlock,
  zones,
  specs,
  zonePrefixLength,
}: AutoRequest): readonly PlannedSubnet[] {
  const vpc = parseRange(cidrBlock);
  if (vpc === undefined) throw new RangeError(`cidrBlock: ${cidrBlock} is not an IPv4 range`);
  const zoneLength = zonePrefixLength ?? vpc.prefixLength + bitsFor(zones.length);
  const wanted = specs ?? defaultSpecs(zoneLength);
  if (wanted.length === 0) throw new RangeError("subnetSpecs: give at least one, or omit it");
  const lengthOf = ({ cidrMask }: SubnetSpec) => cidrMask ?? zoneLength + bitsFor(wanted.length);
  const needed = wanted.reduce((sum, spec) => sum + size(lengthOf(spec)), 0);
  if (needed > size(zoneLength)) {
    throw new RangeError(
      `subnetSpecs: a zone has ${size(zoneLength)} addresses, and its subnets need ${needed}`,
    );
  }
  return zones.flatMap((zone, index) => {
    let next = vpc.first + index * size(zoneLength);
    return wanted.map((spec): PlannedSubnet => {
      const range = rangeFrom(next, lengthOf(spec));
      next = endOf(range);
      return { zone, zoneNumber: index + 1, type: spec.type, spec, cidrBlock: formatRange(range) };
    });
  });
}

/** The number of address bits that distinguish `count` parts. */
export function bitsFor(count: number): number {
  return count === 0 ? 0 : Math.ceil(Math.log2(count));
}

/** Half of a zone private, a quarter public. */
export function defaultSpecs(zonePrefixLength: number): readonly SubnetSpec[] {
  if (zonePrefixLength > 26) {
    throw new RangeError(
      `cidrBlock: a zone would have a /${zonePrefixLength}; without subnetSpecs it needs a /26 at least`,
    );
  }
  const used = Math.max(zonePrefixLength, 16);
  return [
    { type: "Private", cidrMask: used + 1 },
    { type: "Public", cidrMask: used + 2 },
  ];
}
