import { endOf, parseRange, size, type AddressRange } from "./ipv4";
import type { PlannedSubnet, SubnetSpec } from "./subnetSpec";

/**
 * The specs that result in the first zone's subnets with `subnetStrategy: "Auto"`. Gaps between subnets are specs of type
 * Unused.
 */
export function subnetLayout(subnets: readonly PlannedSubnet[]): readonly SubnetSpec[] {
  const ofFirstZone = subnets.filter(({ zoneNumber }) => zoneNumber === 1);
  let previous: AddressRange | undefined;
  return ofFirstZone.flatMap(({ type, spec, cidrBlock }): readonly SubnetSpec[] => {
    const range = parseRange(cidrBlock);
    if (range === undefined) return [];
    const gaps = previous === undefined ? [] : gapsBetween(endOf(previous), range.first);
    previous = range;
    const name = spec.name === undefined || spec.name === type.toLowerCase() ? {} : { name: spec.name };
    return [
      ...gaps.map((cidrMask): SubnetSpec => ({ type: "Unused", cidrMask })),
      { type, cidrMask: range.prefixLength, ...name },
    ];
  });
}

/** Prefix lengths of the smallest number of ranges that cover the addresses from `start` to `end`. */
function gapsBetween(start: number, end: number): readonly number[] {
  const lengths: number[] = [];
  let next = start;
  while (next < end) {
    let length = 32;
    while (length > 0 && next % size(length - 1) === 0 && next + size(length - 1) <= end) length -= 1;
    lengths.push(length);
    next += size(length);
  }
  return lengths;
}
