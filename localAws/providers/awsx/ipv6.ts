import type { PropertyValue } from "../aws/resourceType";

/**
 * The /64 with this number in the /56 that AWS assigns to a VPC.
 * @throws RangeError if the VPC has none, so that its subnets cannot assign IPv6 addresses.
 */
export function ipv6Subnet(range: PropertyValue | undefined, index: number, subnet: string): string {
  const prefix = typeof range === "string" ? /^([0-9a-f:]+)::\/56$/i.exec(range)?.[1] : undefined;
  const groups = prefix?.split(":") ?? [];
  if (groups.length === 0 || groups.length > 4 || groups.includes("")) {
    throw new RangeError(
      `${subnet}: assignIpv6AddressOnCreation needs a VPC with an IPv6 /56; set assignGeneratedIpv6CidrBlock`,
    );
  }
  const first = parseInt(groups[3] ?? "0", 16);
  const filled = [0, 1, 2].map((place) => groups[place] ?? "0");
  return `${[...filled, (first + index).toString(16)].join(":")}::/64`;
}
