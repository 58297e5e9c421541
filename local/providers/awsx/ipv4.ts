/** A range of IPv4 addresses, as numbers. */
export interface AddressRange {
  readonly first: number;
  readonly prefixLength: number;
}

/** E.g. `10.20.0.0/16`; `undefined` when it is not a range on its own boundary. */
export function parseRange(cidrBlock: string): AddressRange | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidrBlock);
  if (match === null) return undefined;
  const [octets, prefixLength] = [match.slice(1, 5).map(Number), Number(match[5])];
  if (octets.some((octet) => octet > 255) || prefixLength > 32) return undefined;
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return first % size(prefixLength) === 0 ? { first, prefixLength } : undefined;
}

export function formatRange({ first, prefixLength }: AddressRange): string {
  const octets = [24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256);
  return `${octets.join(".")}/${prefixLength}`;
}

/** How many addresses a range of this prefix length has. */
export function size(prefixLength: number): number {
  return 2 ** (32 - prefixLength);
}

/** The first range of this prefix length that starts at `address` or after it. */
export function rangeFrom(address: number, prefixLength: number): AddressRange {
  return { first: Math.ceil(address / size(prefixLength)) * size(prefixLength), prefixLength };
}
