import { parseRange, size } from "./ipv4";

export type SubnetType = "Public" | "Private" | "Isolated" | "Unused";

/** A type of subnet. Each zone gets one. */
export interface SubnetSpec {
  readonly type: SubnetType;
  /** Prefix length. @default an even division of the zone */
  readonly cidrMask?: number;
  /** The number of addresses, instead of the prefix length. */
  readonly size?: number;
  /** The range in each zone, in the order of the zones. */
  readonly cidrBlocks?: readonly string[];
  /** Suffix of the subnet's name. @default the type in lower case */
  readonly name?: string;
  readonly assignIpv6AddressOnCreation?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A planned part of a zone's range. */
export interface PlannedSubnet {
  readonly zone: string;
  /** From 1, as in the subnet's name. */
  readonly zoneNumber: number;
  readonly type: SubnetType;
  readonly spec: SubnetSpec;
  readonly cidrBlock: string;
}

/** The name, without the VPC's. */
export function nameOf({ spec, type, zoneNumber }: PlannedSubnet): string {
  return `${spec.name ?? type.toLowerCase()}-${zoneNumber}`;
}

/**
 * The specs with both prefix length and size, as `subnetLayout` shows them.
 * @throws RangeError that lists every contradiction.
 */
export function normalized(specs: readonly SubnetSpec[], zoneCount: number): readonly SubnetSpec[] {
  const explicit = specs.some(({ cidrBlocks }) => cidrBlocks !== undefined);
  const problems = specs.flatMap((spec, index) =>
    (explicit ? explicitProblems(spec, zoneCount) : sizeProblems(spec)).map(
      (problem) => `subnetSpecs[${index}].${problem}`,
    ),
  );
  if (problems.length > 0) throw new RangeError(problems.join("; "));
  return explicit ? specs : specs.map(withSize);
}

function withSize(spec: SubnetSpec): SubnetSpec {
  const cidrMask = spec.cidrMask ?? (spec.size === undefined ? undefined : 32 - Math.log2(spec.size));
  return cidrMask === undefined ? spec : { ...spec, cidrMask, size: size(cidrMask) };
}

function sizeProblems({ size: addresses, cidrMask }: SubnetSpec): readonly string[] {
  if (addresses === undefined) return [];
  const prefixLength = 32 - Math.log2(addresses);
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > 30) {
    return [`size: ${addresses} is no power of 2 from 4 to ${size(0)}`];
  }
  return cidrMask === undefined || cidrMask === prefixLength
    ? []
    : [`size: ${addresses} is not that of a /${cidrMask}, ${size(cidrMask)}`];
}

function explicitProblems(
  { cidrBlocks, cidrMask, size: addresses }: SubnetSpec,
  zoneCount: number,
): readonly string[] {
  if (cidrBlocks === undefined) return ["cidrBlocks: every spec needs them, or none has them"];
  if (cidrBlocks.length !== zoneCount) {
    return [`cidrBlocks: ${cidrBlocks.length} of them, and there are ${zoneCount} zones`];
  }
  return cidrBlocks.flatMap((block) => {
    const range = parseRange(block);
    if (range === undefined) return [`cidrBlocks: ${block} is not an IPv4 range`];
    const length = range.prefixLength;
    return [
      ...(cidrMask === undefined || cidrMask === length
        ? []
        : [`cidrMask: ${cidrMask}, and ${block} is in cidrBlocks`]),
      ...(addresses === undefined || addresses === size(length)
        ? []
        : [`size: ${addresses}, and ${block} is in cidrBlocks`]),
    ];
  });
}
