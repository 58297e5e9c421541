import { formatRange, parseRange, rangeFrom, size, type AddressRange } from "./ipv4";

export type SubnetType = "Public" | "Private" | "Isolated" | "Unused";

/** One kind of subnet, of which each zone gets one. */
export interface SubnetSpec {
  readonly type: SubnetType;
  /** Prefix length; left out, the zone is divided evenly. */
  readonly cidrMask?: number;
  /** What the subnet's name ends with; left out, the type in lower case. */
  readonly name?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface SubnetRequest {
  readonly cidrBlock: string;
  readonly zones: readonly string[];
  /** Left out, awsx's own: half of each zone private, a quarter public. */
  readonly specs?: readonly SubnetSpec[];
  /** A zone's prefix length; left out, the VPC is divided evenly. */
  readonly zonePrefixLength?: number;
}

export interface PlannedSubnet {
  readonly zone: string;
  /** From 1, as in the subnet's name. */
  readonly zoneNumber: number;
  readonly type: SubnetType;
  readonly name: string;
  readonly cidrBlock: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Where the subnets of a VPC lie with `subnetStrategy: "Auto"`, as awsx reckons it: each zone gets an equal
 * part of the VPC, and in it the subnets follow each other in the order of their specs, each on its own
 * boundary. The rest of a zone stays free.
 * Source: awsx/ec2/subnetDistributorNew.ts of github.com/pulumi/pulumi-awsx.
 * @throws RangeError when the range is none, or the subnets do not fit.
 */
export function planSubnets({
  cidrBlock,
  zones,
  specs,
  zonePrefixLength,
}: SubnetRequest): readonly PlannedSubnet[] {
  const vpc = parseRange(cidrBlock);
  if (vpc === undefined) throw new RangeError(`cidrBlock: ${cidrBlock} is not an IPv4 range on its boundary`);
  const zoneLength = zonePrefixLength ?? vpc.prefixLength + bitsFor(zones.length);
  const wanted = specs ?? defaultSpecs(zoneLength);
  if (wanted.length === 0) throw new RangeError("subnetSpecs: at least one, or leave it out");
  const evenLength = zoneLength + bitsFor(wanted.length);
  return zones.flatMap((zone, index) => {
    const part = { first: vpc.first + index * size(zoneLength), prefixLength: zoneLength };
    let next = part.first;
    return wanted.map((spec) => {
      const range = rangeFrom(next, spec.cidrMask ?? evenLength);
      next = range.first + size(range.prefixLength);
      requireWithin(part, range, zone, spec);
      requireWithin(vpc, range, zone, spec);
      return {
        zone,
        zoneNumber: index + 1,
        type: spec.type,
        name: `${spec.name ?? spec.type.toLowerCase()}-${index + 1}`,
        cidrBlock: formatRange(range),
        tags: spec.tags ?? {},
      };
    });
  });
}

/** How many bits of an address tell `count` parts from each other. */
function bitsFor(count: number): number {
  return count === 0 ? 0 : Math.ceil(Math.log2(count));
}

function defaultSpecs(zonePrefixLength: number): readonly SubnetSpec[] {
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

function requireWithin(outer: AddressRange, inner: AddressRange, zone: string, { type }: SubnetSpec): void {
  const end = (range: AddressRange) => range.first + size(range.prefixLength);
  if (inner.first >= outer.first && end(inner) <= end(outer)) return;
  throw new RangeError(
    `subnetSpecs: the ${type} subnet of ${zone} (${formatRange(inner)}) does not fit into ${formatRange(outer)}`,
  );
}
