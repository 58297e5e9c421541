import { parseCidrBlock } from "../../../components/network/cidr";

const octets = [24, 16, 8, 0] as const;

/** An address as a 32-bit number. @throws when the text is no IPv4 address */
export function toNumber(address: string): number {
  const block = parseCidrBlock(`${address}/32`);
  if (block === undefined) throw new Error(`\`${address}\` is no IPv4 address, such as 10.0.0.5.`);
  return block.firstAddress;
}

export function toAddress(value: number): string {
  return octets.map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** A range's address at an offset: the router of a subnet has 1, the resolver of a VPC has 2. */
export function addressAt(cidr: string, offset: number): string {
  return toAddress(toNumber(cidr.split("/")[0] ?? "") + offset);
}

export function prefixLengthOf(cidr: string): number {
  return Number(cidr.split("/")[1] ?? 32);
}

/** Whether the range has the address, or all addresses of another range. */
export function contains(cidr: string, other: string): boolean {
  const length = prefixLengthOf(cidr);
  if (prefixLengthOf(other) < length) return false;
  const size = 2 ** (32 - length);
  const start = (text: string) => Math.floor(toNumber(text.split("/")[0] ?? "") / size);
  return start(cidr) === start(other);
}

/** Ranges and addresses without those that another one contains: the sets of nftables refuse overlaps. */
export function withoutContained(ranges: readonly string[]): readonly string[] {
  const unique = [...new Set(ranges.map((each) => each.replace(/\/32$/, "")))];
  return unique.filter((each) => !unique.some((other) => other !== each && contains(other, each)));
}
