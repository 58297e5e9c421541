import { autoPlan, bitsFor, defaultSpecs } from "./autoPlan";
import { endOf, overlap, parseRange, type AddressRange } from "./ipv4";
import { legacyPlan } from "./legacyPlan";
import { subnetLayout } from "./subnetLayout";
import { nameOf, normalized, type PlannedSubnet, type SubnetSpec } from "./subnetSpec";

export const subnetStrategies = ["Legacy", "Auto", "AutoMerge", "Exact"] as const;

export type SubnetStrategy = (typeof subnetStrategies)[number];

export interface SubnetRequest {
  readonly cidrBlock: string;
  readonly zones: readonly string[];
  readonly strategy: SubnetStrategy;
  readonly specs?: readonly SubnetSpec[];
  /** A zone's prefix length. @default an even division of the VPC */
  readonly zonePrefixLength?: number;
}

export interface SubnetPlan {
  /** Zone by zone, in the order of their addresses, with unused ranges. */
  readonly subnets: readonly PlannedSubnet[];
  /** The specs that result in this plan with `subnetStrategy: "Auto"`. */
  readonly layout: readonly SubnetSpec[];
}

/**
 * The ranges of a VPC's subnets, as awsx computes them.
 * @throws RangeError if the range is invalid, or the subnets do not fit.
 */
export function planSubnets(request: SubnetRequest): SubnetPlan {
  const specs = request.specs === undefined ? undefined : normalized(request.specs, request.zones.length);
  const used = request.strategy === "AutoMerge" ? merged(request, specs ?? []) : specs;
  const subnets = subnetsOf(request, used);
  requireFit(request, subnets);
  if (request.strategy === "Exact") requireNoGaps(request, subnets);
  const layout = request.strategy === "Legacy" || used === undefined ? subnetLayout(subnets) : used;
  return { subnets, layout };
}

function subnetsOf(
  { cidrBlock, zones, strategy, zonePrefixLength }: SubnetRequest,
  specs: readonly SubnetSpec[] | undefined,
): readonly PlannedSubnet[] {
  if (strategy === "Legacy" || (strategy === "Exact" && specs === undefined)) {
    return legacyPlan(cidrBlock, zones, specs);
  }
  if (specs?.some(({ cidrBlocks }) => cidrBlocks !== undefined) === true) {
    return zones.flatMap((zone, index) =>
      specs.map((spec): PlannedSubnet => {
        const [zoneNumber, cidrBlock = ""] = [index + 1, spec.cidrBlocks?.[index]];
        return { zone, zoneNumber, type: spec.type, spec, cidrBlock };
      }),
    );
  }
  return autoPlan({
    cidrBlock,
    zones,
    ...(specs === undefined ? {} : { specs }),
    ...(zonePrefixLength === undefined ? {} : { zonePrefixLength }),
  });
}

/** The default specs, each with the program's options for its type. */
function merged(
  { cidrBlock, zones, zonePrefixLength }: SubnetRequest,
  specs: readonly SubnetSpec[],
): readonly SubnetSpec[] {
  const vpcLength = parseRange(cidrBlock)?.prefixLength ?? 0;
  const defaults = defaultSpecs(zonePrefixLength ?? vpcLength + bitsFor(zones.length));
  const types = defaults.map(({ type }) => type);
  const other = specs.find(({ type, cidrBlocks }) => !types.includes(type) || cidrBlocks !== undefined);
  if (other !== undefined) {
    throw new RangeError(
      `subnetSpecs: AutoMerge changes the ${types.join(" and ")} subnets without cidrBlocks, not ${JSON.stringify(other)}`,
    );
  }
  return defaults.map((base) => ({ ...base, ...specs.find(({ type }) => type === base.type) }));
}

function requireFit({ cidrBlock }: SubnetRequest, subnets: readonly PlannedSubnet[]): void {
  const ranges = subnets.map((subnet) => ({ subnet, range: rangeOf(subnet) }));
  const overlapping = ranges.filter((one) =>
    ranges.some((other) => one !== other && overlap(one.range, other.range)),
  );
  if (overlapping.length > 0) {
    throw new RangeError(
      `subnetSpecs: these subnets overlap: ${overlapping.map(({ subnet }) => describe(subnet)).join(", ")}`,
    );
  }
  const vpc = parseRange(cidrBlock);
  if (vpc === undefined) return;
  // awsx does not check this; AWS refuses it.
  const outside = ranges.filter(({ range }) => range.first < vpc.first || endOf(range) > endOf(vpc));
  if (outside.length > 0) {
    throw new RangeError(
      `subnetSpecs: outside of ${cidrBlock}: ${outside.map(({ subnet }) => describe(subnet)).join(", ")}`,
    );
  }
}

/** Checks that the specs cover the whole VPC, in order. */
function requireNoGaps({ cidrBlock }: SubnetRequest, subnets: readonly PlannedSubnet[]): void {
  const vpc = parseRange(cidrBlock);
  let end = vpc?.first;
  const gaps = subnets.filter((subnet) => {
    const range = rangeOf(subnet);
    const follows = range.first === end;
    end = endOf(range);
    return !follows;
  });
  const problems = [
    ...gaps.map((subnet) => `before ${describe(subnet)}`),
    ...(vpc === undefined || end === endOf(vpc) ? [] : ["after the last subnet"]),
  ];
  if (problems.length > 0) {
    throw new RangeError(
      `subnetSpecs: Exact leaves no gaps, and there are some ${problems.join(", ")}; name them with specs of type Unused`,
    );
  }
}

function rangeOf(subnet: PlannedSubnet): AddressRange {
  const range = parseRange(subnet.cidrBlock);
  if (range === undefined) throw new RangeError(`subnetSpecs: ${describe(subnet)} is not an IPv4 range`);
  return range;
}

function describe(subnet: PlannedSubnet): string {
  return `${nameOf(subnet)} (${subnet.cidrBlock})`;
}
