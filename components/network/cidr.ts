/** A block of IPv4 addresses: the first of them as a 32-bit number, and how many bits are fixed. */
export interface CidrBlock {
  readonly firstAddress: number;
  /** Bits, 0 to 32. */
  readonly prefixLength: number;
}

/** The block a text such as `10.20.0.0/16` means, or `undefined` when it is none or not on its own boundary. */
export function parseCidrBlock(block: string): CidrBlock | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block);
  if (match === null) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefixLength = 33] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefixLength > 32) return undefined;
  const firstAddress = ((a * 256 + b) * 256 + c) * 256 + d;
  return firstAddress % 2 ** (32 - prefixLength) === 0 ? { firstAddress, prefixLength } : undefined;
}

/**
 * A block that our VPC can have: two zones with two subnets each, none smaller than the /28 that is AWS's
 * least, would fit in a /26; a /24 leaves room for what ALB and endpoints take. AWS's most is /16.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export function parseVpcCidrBlock(block: string): CidrBlock | undefined {
  const parsed = parseCidrBlock(block);
  return parsed !== undefined && parsed.prefixLength >= 16 && parsed.prefixLength <= 24 ? parsed : undefined;
}
