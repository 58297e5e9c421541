/** A range of IPv4 addresses, as numbers. */
export interface AddressRange {
  readonly first: number;
  readonly prefixLength: number;
}

/** An address with a prefix length as written: `10.9.1.0/20` is an address in `10.9.0.0/20`. */
export interface Address {
  readonly address: number;
  readonly prefixLength: number;
}

/** `undefined` if it is not an address with a prefix length. */
export function parseAddress(cidrBlock: string): Address | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidrBlock);
  if (match === null) return undefined;
  const [octets, prefixLength] = [match.slice(1, 5).map(Number), Number(match[5])];
  if (octets.some((octet) => octet > 255) || prefixLength > 32) return undefined;
  return { address: octets.reduce((sum, octet) => sum * 256 + octet, 0), prefixLength };
}

/** The range of an address, e.g. `10.20.0.0/16`. */
export function parseRange(cidrBlock: string): AddressRange | undefined {
  const parsed = parseAddress(cidrBlock);
  return parsed === undefined ? undefined : rangeAround(parsed);
}

export function rangeAround({ address, prefixLength }: Address): AddressRange {
  return { first: address - (address % size(prefixLength)), prefixLength };
}

export function formatRange({ first, prefixLength }: AddressRange): string {
  return formatAddress({ address: first, prefixLength });
}

export function formatAddress({ address, prefixLength }: Address): string {
  const octets = [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256);
  return `${octets.join(".")}/${prefixLength}`;
}

/** The number of addresses of a range with this prefix length. */
export function size(prefixLength: number): number {
  return 2 ** (32 - prefixLength);
}

/** The first address after a range. */
export function endOf({ first, prefixLength }: AddressRange): number {
  return first + size(prefixLength);
}

export function overlap(one: AddressRange, other: AddressRange): boolean {
  return one.first < endOf(other) && other.first < endOf(one);
}

/** The first range of this prefix length that starts at `address` or after it. */
export function rangeFrom(address: number, prefixLength: number): AddressRange {
  return { first: Math.ceil(address / size(prefixLength)) * size(prefixLength), prefixLength };
}
