import type { StackFinding } from "../../support/finding";
import type { References } from "../../support/references";
import { stackRule } from "../../support/rule";
import { allOf, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { fleetsIn, sharesVpc, subnetsOfFleets, type Fleet } from "../../support/views/fleetSubnets";
import { anyReach, natGatewaysOf, reachesInternet, type Reach } from "../../support/views/routes";
import {
  referencedZones,
  subnetsOf,
  subnetsOfEndpoint,
  zoneOf,
  type Subnet,
} from "../../support/views/subnets";

export const wayOutInEachZone = stackRule(
  {
    name: "way-out-in-each-zone",
    displayName: "NAT gateways and endpoints in each zone",
    description:
      "A fleet that uses NAT gateways has a route to one in its own Availability Zone from every subnet, and interface endpoints are in every zone of the fleet.",
    why: "Servers that reach the internet or the database's secret through another zone's gateway or endpoint lose that access when the zone fails.",
    severity: "medium",
    topics: ["availability"],
    fix: "Create a NAT gateway in each zone and route each zone's private subnets to it; without NAT gateways, create the interface endpoints in every zone.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    const fleets = fleetsIn(stack);
    yield* judgeEach(fleets, (fleet) => judgeRoutes(fleet, stack));
    // A gateway endpoint is a route and has no zone.
    const endpoints = allOf(stack, "aws:ec2/vpcEndpoint:VpcEndpoint").filter(
      ({ props }) => props.vpcEndpointType === "Interface",
    );
    yield* judgeEach(endpoints, (endpoint) =>
      judgeEndpoint(
        endpoint,
        fleets.filter((fleet) => sharesVpc(fleet, endpoint, stack)),
        stack,
      ),
    );
  },
);

type NatGateway = StackResourceOf<"aws:ec2/natGateway:NatGateway">;

function* judgeRoutes({ group, subnets }: Fleet, stack: readonly StackResource[]): Iterable<StackFinding> {
  const routed = subnets.possible.map((subnet) => ({ subnet, gateways: natGatewaysOf(subnet, stack) }));
  // A fleet without NAT gateways has another way out, or needs none.
  const [gateway] = routed.flatMap(({ gateways }) => gateways.possible);
  if (gateway === undefined) return;
  const judged = routed.map(({ subnet, gateways }) => ({ subnet, way: wayOut(subnet, gateways, stack) }));
  const without = judged.filter(({ way }) => way !== true);
  const isCertain = ({ subnet }: { readonly subnet: Subnet }) =>
    subnets.certain.some(({ urn }) => urn === subnet.urn);
  const missing = without.filter(({ way }) => way === false).filter(isCertain);
  if (missing.length > 0) {
    const zones = new Set(missing.map(({ subnet }) => zoneOf(subnet) ?? subnet.name));
    yield {
      resource: gateway,
      at: `the routes of ${group.name} to NAT gateways`,
      value: `none in ${[...zones].join(", ")} that its subnets there use`,
      allowed: "from every subnet, a route to a NAT gateway in its own zone",
    };
    return;
  }
  const [doubt] = without.map(({ way }) => (typeof way === "object" ? way.unknown : subnets.unknown));
  if (doubt !== undefined) throw doubt;
}

/** Whether a subnet's way out is in its own zone. */
function wayOut(
  subnet: Subnet,
  gateways: References<"aws:ec2/natGateway:NatGateway">,
  stack: readonly StackResource[],
): Reach {
  const zone = zoneOf(subnet);
  // Where AWS chooses the zone, only the update knows it.
  if (zone === undefined) return true;
  // Servers in a public subnet use the internet gateway, which has no zone.
  if (gateways.possible.length === 0) return reachesInternet(subnet, stack);
  const ways = gateways.possible.map((gateway) => isInZone(gateway, zone, stack));
  if (gateways.unknown === undefined) return anyReach(ways);
  return ways.every((way) => way === false) ? false : { unknown: gateways.unknown };
}

function isInZone(gateway: NatGateway, zone: string, stack: readonly StackResource[]): Reach {
  const { availabilityMode, availabilityZoneAddresses } = gateway.props;
  if (availabilityMode === "regional") {
    const listed = (availabilityZoneAddresses ?? []).flatMap((each) => each.availabilityZone ?? []);
    // Without a list, it is in all zones that the VPC uses.
    return listed.length === 0 || listed.includes(zone);
  }
  const { certain, possible, unknown } = referencedZones(subnetsOf(stack, gateway, "subnetId"));
  if (certain.includes(zone)) return true;
  return unknown !== undefined && possible.includes(zone) ? { unknown } : false;
}

function* judgeEndpoint(
  endpoint: StackResource,
  fleets: readonly Fleet[],
  stack: readonly StackResource[],
): Iterable<StackFinding> {
  const fleet = referencedZones(subnetsOfFleets(fleets));
  const zones = referencedZones(subnetsOfEndpoint(stack, endpoint));
  const missing = fleet.certain.filter((zone) => !zones.possible.includes(zone));
  if (missing.length > 0) {
    yield {
      resource: endpoint,
      at: "subnetIds",
      value: `none in ${missing.join(", ")}`,
      allowed: `one in each of ${fleet.certain.join(", ")}`,
    };
    return;
  }
  if (fleet.possible.every((zone) => zones.certain.includes(zone))) return;
  const unknown = fleet.unknown ?? zones.unknown;
  if (unknown !== undefined) throw unknown;
}
