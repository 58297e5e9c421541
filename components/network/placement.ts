import type { Problem } from "../settings/problem";
import { zoneCount } from "../shared/zones";
import { parseCidrBlock } from "./cidr";

/** An existing VPC of this stack. */
export interface LiveNetwork {
  readonly vpcId: string;
  readonly cidrBlock: string;
  /** Zones of its subnets, in the order of their ranges; `undefined` for a missing subnet. */
  readonly zones: readonly (string | undefined)[];
}

/** An instance type or database class of the stack, and the zones that offer it. */
export interface Offer {
  /** Its setting, e.g. `fleet.instanceType`. */
  readonly path: string;
  readonly value: string;
  readonly zones: readonly string[];
  /** Whether both zones must offer it, or only one of them. */
  readonly inEach: boolean;
}

/** The facts that decide the zones of a stack's subnets. */
export interface PlacementFacts {
  readonly settings: {
    readonly cidrBlock: string;
    readonly availabilityZones?: readonly string[] | undefined;
  };
  /** Usually one or none; two after a change of the range that failed before its end. */
  readonly live: readonly LiveNetwork[];
  /** The region's Availability Zones that the account can use. */
  readonly regionZones: readonly string[];
  readonly offers: readonly Offer[];
}

/** The zones of the subnets in order, or the problems of the settings. */
export type Placement =
  | { readonly zones: readonly string[]; readonly problems: readonly [] }
  | { readonly zones: undefined; readonly problems: readonly Problem[] };

/**
 * The zones of the stack's subnets: their current zones, else those of the settings, else the first two of the region
 * that offer all instance types and the database class. A VPC's range and its subnets' zones cannot change: AWS refuses
 * overlapping subnets, and the database and the load balancer cannot move, so such an update fails before its end.
 */
export function settlePlacement(facts: PlacementFacts): Placement {
  const { settings, live, regionZones } = facts;
  const network = live.find(({ cidrBlock }) => cidrBlock === settings.cidrBlock) ?? live[0];
  const fixed = network?.zones ?? [];
  const zones = chooseZones(facts, fixed);
  const problems = [
    ...rangeProblems(settings.cidrBlock, network),
    ...zoneProblems(settings.availabilityZones, regionZones, fixed),
  ];
  if (problems.length > 0) return { zones: undefined, problems };
  if (zones === undefined) return { zones, problems: noPairProblems(facts, fixed) };
  return { zones, problems: [] };
}

/** Whether all its zones have subnets. */
export function isSettled({ zones }: LiveNetwork): boolean {
  return zones.length === zoneCount && zones.every((zone) => zone !== undefined);
}

/** The index of a subnet's zone in the VPC, from the subnet's range: 0 for the first. */
export function zoneIndexOf(vpcCidrBlock: string, subnetCidrBlock: string): number | undefined {
  const [vpc, subnet] = [parseCidrBlock(vpcCidrBlock), parseCidrBlock(subnetCidrBlock)];
  if (vpc === undefined || subnet === undefined) return undefined;
  const zoneSize = 2 ** (32 - vpc.prefixLength) / zoneCount;
  const index = Math.floor((subnet.firstAddress - vpc.firstAddress) / zoneSize);
  return index >= 0 && index < zoneCount ? index : undefined;
}

/** The first pair with all offers in both zones, else the first with the required ones in both and the others in one. */
function chooseZones({ settings, regionZones, offers }: PlacementFacts, fixed: LiveNetwork["zones"]) {
  const present = fixed.filter((zone) => zone !== undefined);
  // A zone with subnets counts even while it fails and AWS does not list it as available.
  const known = [...new Set([...present, ...regionZones])].sort();
  const candidates = pairsOf(settings.availabilityZones ?? known).filter((pair) =>
    fixed.every((zone, index) => zone === undefined || pair[index] === zone),
  );
  const inEach = (pair: readonly string[], offer: Offer) => pair.every((zone) => offer.zones.includes(zone));
  const inOne = (pair: readonly string[], offer: Offer) => pair.some((zone) => offer.zones.includes(zone));
  return (
    candidates.find((pair) => offers.every((offer) => inEach(pair, offer))) ??
    candidates.find((pair) => offers.every((offer) => (offer.inEach ? inEach : inOne)(pair, offer)))
  );
}

/** Pairs in the given order, then all in the reverse order, which a live stack may have. */
function pairsOf(zones: readonly string[]): readonly (readonly string[])[] {
  const pairs = zones.flatMap((one, index) => zones.slice(index + 1).map((other) => [one, other]));
  return [...pairs, ...pairs.map(([one = "", other = ""]) => [other, one])];
}

function rangeProblems(cidrBlock: string, network: LiveNetwork | undefined): readonly Problem[] {
  if (network === undefined || network.cidrBlock === cidrBlock) return [];
  return [
    {
      path: "network.cidrBlock",
      value: cidrBlock,
      allowed:
        `${network.cidrBlock}, which the stack's VPC ${network.vpcId} has: a VPC's range cannot change. ` +
        "Set it back; for another range create a second stack and move the content to it",
    },
  ];
}

function zoneProblems(
  wanted: readonly string[] | undefined,
  regionZones: readonly string[],
  fixed: LiveNetwork["zones"],
): readonly Problem[] {
  if (wanted === undefined) return [];
  const path = "network.availabilityZones";
  const live = fixed.filter((zone) => zone !== undefined);
  if (!live.every((zone) => wanted.includes(zone))) {
    return [
      {
        path,
        value: wanted,
        allowed:
          `${live.length === zoneCount ? "" : "two zones with "}${live.join(", ")}, where the stack's subnets are: ` +
          "subnets cannot move. Set it back, or leave it out; for other zones create a second stack and move the " +
          "content to it",
      },
    ];
  }
  if (wanted.every((zone) => live.includes(zone) || regionZones.includes(zone))) return [];
  return [{ path, value: wanted, allowed: `two of the region's zones: ${regionZones.join(", ")}` }];
}

/** Each type or class that the zones do not offer, with the zones that offer it. */
function noPairProblems(
  { settings, offers }: PlacementFacts,
  fixed: LiveNetwork["zones"],
): readonly Problem[] {
  const live = fixed.filter((zone) => zone !== undefined);
  const bound = live.length === zoneCount ? live : settings.availabilityZones;
  const lacking = offers.filter(({ zones, inEach }) => {
    if (bound === undefined) return true;
    return inEach
      ? !bound.every((zone) => zones.includes(zone))
      : !bound.some((zone) => zones.includes(zone));
  });
  const where =
    bound === undefined
      ? "two zones of the region that offer all types and classes of the stack"
      : `${bound.join(" and ")}, ${live.length === zoneCount ? "the stack's zones" : "of network.availabilityZones"}`;
  return lacking.map(({ path, value, zones }) => ({
    path,
    value,
    allowed: `one that AWS offers in ${where}; this one is offered in ${zones.length === 0 ? "no zone of the region" : zones.join(", ")}`,
  }));
}
