/** A CIDR block of IPv4 addresses. */
export interface CidrBlock {
  /** As a 32-bit number. */
  readonly firstAddress: number;
  /** Fixed bits, 0 to 32. */
  readonly prefixLength: number;
}

/** Parses a block such as `10.20.0.0/16`; `undefined` if it is not one, or not on its own boundary. */
export function parseCidrBlock(block: string): CidrBlock | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block);
  if (match === null) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefixLength = 33] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefixLength > 32) return undefined;
  const firstAddress = ((a * 256 + b) * 256 + c) * 256 + d;
  return firstAddress % 2 ** (32 - prefixLength) === 0 ? { firstAddress, prefixLength } : undefined;
}

/**
 * The private ranges, and the shared range of RFC 6598, which AWS accepts, too. nginx trusts `X-Forwarded-For` only from
 * these (server/nginx/wordpress-http.conf): behind a load balancer in another range, servers would not see the visitors'
 * addresses.
 */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Addresses that no host has: this network, loopback, link-local, multicast and reserved. */
const unusableRanges = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"];

/** Whether a block is completely in one of the ranges. */
function isWithin(block: CidrBlock, ranges: readonly string[]): boolean {
  return ranges.some((text) => {
    const range = parseCidrBlock(text);
    return range !== undefined && block.prefixLength >= range.prefixLength && shares(block, range);
  });
}

/** Whether the blocks overlap: their addresses are equal in the bits of the shorter prefix. */
function shares(one: CidrBlock, other: CidrBlock): boolean {
  const size = 2 ** (32 - Math.min(one.prefixLength, other.prefixLength));
  return Math.floor(one.firstAddress / size) === Math.floor(other.firstAddress / size);
}

/** Parses a block from which hosts can reach a server: /8 to /32, of addresses that hosts can have. */
export function parseSourceCidrBlock(block: string): CidrBlock | undefined {
  const parsed = parseCidrBlock(block);
  if (parsed === undefined || parsed.prefixLength < 8 || isWithin(parsed, unusableRanges)) return undefined;
  return parsed;
}

/**
 * Parses a block that the VPC can have: private addresses, /16 (AWS's maximum) to /24. Two zones with two subnets each
 * of AWS's minimum, /28, would fit into a /26; a /24 leaves room for the load balancer and endpoints.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export function parseVpcCidrBlock(block: string): CidrBlock | undefined {
  const parsed = parseCidrBlock(block);
  if (parsed === undefined || parsed.prefixLength < 16 || parsed.prefixLength > 24) return undefined;
  return isWithin(parsed, privateRanges) ? parsed : undefined;
}
