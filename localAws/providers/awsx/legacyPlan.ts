import { bitsFor } from "./autoPlan";
import {
  endOf,
  formatAddress,
  overlap,
  parseAddress,
  rangeAround,
  rangeFrom,
  size,
  type Address,
} from "./ipv4";
import type { PlannedSubnet, SubnetSpec, SubnetType } from "./subnetSpec";

/** The prefix length of the smallest subnet without one in its spec. */
const defaultLength = { Private: 19, Public: 20, Isolated: 24 } as const;

type Type = keyof typeof defaultLength;

interface Zone {
  readonly name: string;
  readonly number: number;
  readonly base: Address;
}

/**
 * awsx's default strategy: in each zone the private subnets, then the public, then the isolated ones, whatever the order
 * of the specs. It starts at the given address, with its host bits.
 * Source: awsx/ec2/subnetDistributorLegacy.ts of github.com/pulumi/pulumi-awsx.
 */
export function legacyPlan(
  cidrBlock: string,
  zoneNames: readonly string[],
  specs?: readonly SubnetSpec[],
): readonly PlannedSubnet[] {
  const vpc = parseAddress(cidrBlock);
  if (vpc === undefined) throw new RangeError(`cidrBlock: ${cidrBlock} is not an IPv4 range`);
  const zones = zoneNames.map((name, index): Zone => ({
    name,
    number: index + 1,
    base: part(vpc, bitsFor(zoneNames.length), index),
  }));
  if (specs === undefined) {
    const planned = zones.map((zone) => {
      const ofPrivate = part(zone.base, 1, 0);
      return {
        ofPrivate: plannedAs(zone, { type: "Private" }, ofPrivate),
        ofPublic: plannedAs(zone, { type: "Public" }, part(part(ofPrivate, 0, 1), 1, 0)),
      };
    });
    return [...planned.map(({ ofPrivate }) => ofPrivate), ...planned.map(({ ofPublic }) => ofPublic)];
  }
  return zones.flatMap((zone) => zonePlan(zone, specs));
}

function zonePlan(zone: Zone, specs: readonly SubnetSpec[]): readonly PlannedSubnet[] {
  const planned: PlannedSubnet[] = [];
  const spare = zone.base.prefixLength + (specs.length === 1 ? 0 : 1);
  let last: Address | undefined;
  for (const type of ["Private", "Public", "Isolated"] as const satisfies readonly (Type & SubnetType)[]) {
    // The first type starts at the zone's start, each other type after the last subnet of the previous types.
    const previous = last;
    const base = previous ?? zone.base;
    const start = previous === undefined ? zone.base : part(previous, 0, 1);
    for (const [index, spec] of specs.filter((each) => each.type === type).entries()) {
      const length = spec.cidrMask ?? Math.max(spare, defaultLength[type]);
      let next = part(start, length - base.prefixLength, index);
      if (last !== undefined && overlap(rangeAround(last), rangeAround(next))) {
        const { first } = rangeFrom(endOf(rangeAround(last)), length);
        next = { address: first, prefixLength: length };
      }
      planned.push(plannedAs(zone, spec, next));
      last = next;
    }
  }
  return planned;
}

function plannedAs({ name, number }: Zone, spec: SubnetSpec, address: Address): PlannedSubnet {
  return { zone: name, zoneNumber: number, type: spec.type, spec, cidrBlock: formatAddress(address) };
}

/** The part with this number of a range that is divided by a number of additional bits. */
function part({ address, prefixLength }: Address, bits: number, index: number): Address {
  const length = prefixLength + bits;
  if (length > 32) {
    throw new RangeError(`cidrBlock: a subnet would need ${bits} bits more than a /${prefixLength} has`);
  }
  return { address: address + index * size(length), prefixLength: length };
}
