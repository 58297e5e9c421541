/** The addresses of one family from `first` to `last`. */
export interface AddressRange {
  readonly family: "ipv4" | "ipv6";
  readonly first: bigint;
  readonly last: bigint;
}

/** The shortest prefix of a range that does not count as the internet, by family. */
export interface ShortestPrefixes {
  readonly ipv4: number;
  readonly ipv6: number;
}

const bits = { ipv4: 32, ipv6: 128 } as const;

/** @returns the range of `a.b.c.d/length` or `x:y::z/length`; undefined for another text */
export function parseRange(text: string): AddressRange | undefined {
  const [, address = "", prefix = ""] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text.trim()) ?? [];
  const family = address.includes(":") ? "ipv6" : "ipv4";
  const value = family === "ipv6" ? ipv6Value(address) : ipv4Value(address);
  const length = Number(prefix);
  if (value === undefined || length > bits[family]) return undefined;
  const size = 1n << BigInt(bits[family] - length);
  const first = value - (value % size);
  return { family, first, last: first + size - 1n };
}

/** The ranges without overlaps, in order, IPv4 first; neighbours are one range. */
export function mergeRanges(ranges: readonly AddressRange[]): readonly AddressRange[] {
  return families.flatMap((family) => {
    const merged: AddressRange[] = [];
    const ofFamily = ranges.filter((range) => range.family === family);
    for (const range of ofFamily.toSorted((one, other) => Number(one.first - other.first))) {
      const previous = merged.at(-1);
      if (previous === undefined || range.first > previous.last + 1n) merged.push(range);
      else if (range.last > previous.last) merged.splice(-1, 1, { ...previous, last: range.last });
    }
    return merged;
  });
}

/** The number of addresses of a family in the ranges that are on the internet; each counts once. */
export function publicAddresses(ranges: readonly AddressRange[], family: AddressRange["family"]): bigint {
  const ours = mergeRanges(ranges.filter((range) => range.family === family));
  const inPrivate = ours.flatMap((range) => privateRanges.map((other) => overlap(range, other)));
  return (
    ours.reduce((sum, range) => sum + sizeOf(range), 0n) - inPrivate.reduce((sum, size) => sum + size, 0n)
  );
}

/**
 * Whether one range counts as the internet: its prefix is too short, and it is no private IPv6 range, which are all larger.
 * A text that is no range does.
 */
export function isWide(text: string, shortest: ShortestPrefixes): boolean {
  const range = parseRange(text);
  if (range === undefined) return true;
  const isPrivate = range.family === "ipv6" && publicAddresses([range], "ipv6") === 0n;
  return sizeOf(range) > largest(range.family, shortest) && !isPrivate;
}

/** Whether ranges together have more public addresses than one range may have: the internet in pieces. */
export function areWide(texts: readonly string[], shortest: ShortestPrefixes): boolean {
  const ranges = texts.flatMap((text) => parseRange(text) ?? []);
  return families.some((family) => publicAddresses(ranges, family) > largest(family, shortest));
}

const families = ["ipv4", "ipv6"] as const;

/** Addresses that the internet does not route. Source: the IANA special-purpose address registries. */
const privateRanges = [
  ...["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
  ...["224.0.0.0/4", "fc00::/7", "fe80::/10", "ff00::/8"],
]
  .map(parseRange)
  .filter((range) => range !== undefined);

function largest(family: AddressRange["family"], shortest: ShortestPrefixes): bigint {
  return 1n << BigInt(bits[family] - shortest[family]);
}

function sizeOf({ first, last }: AddressRange): bigint {
  return last - first + 1n;
}

function overlap(one: AddressRange, other: AddressRange): bigint {
  if (one.family !== other.family) return 0n;
  const first = one.first > other.first ? one.first : other.first;
  const last = one.last < other.last ? one.last : other.last;
  return last < first ? 0n : last - first + 1n;
}

function ipv4Value(address: string): bigint | undefined {
  const parts = address.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((value, part) => (value << 8n) + BigInt(part), 0n);
}

function ipv6Value(address: string): bigint | undefined {
  const halves = withoutDots(address).split("::");
  const [head = [], tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length > 2 || (tail === undefined ? missing !== 0 : missing < 0)) return undefined;
  const groups = tail === undefined ? head : [...head, ...Array<string>(missing).fill("0"), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) + BigInt(`0x${group}`), 0n);
}

/** Writes an IPv4 address at the end, as in `::ffff:192.0.2.1`, as two groups. */
function withoutDots(address: string): string {
  const dotted = /[^:]+\.[^:]+$/.exec(address)?.[0] ?? "";
  const value = ipv4Value(dotted);
  if (value === undefined) return address;
  const groups = [value >> 16n, value & 0xffffn].map((group) => group.toString(16));
  return address.slice(0, -dotted.length) + groups.join(":");
}
