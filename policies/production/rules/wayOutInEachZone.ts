import type { StackFinding } from "../../support/finding";
import { stackRule } from "../../support/rule";
import { allOf, referredTo, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { zonesOf } from "../../support/zones";

/** A fleet over two zones that hangs on one NAT gateway stands in one zone after all. */
export const wayOutInEachZone = stackRule(
  {
    name: "way-out-in-each-zone",
    displayName: "A way out in each zone",
    description: "NAT gateways and interface endpoints stand in every zone that the fleet stands in.",
    why: "Servers that reach the internet, or the database's secret, through a gateway or an endpoint in another zone are cut off when that zone fails.",
    severity: "medium",
    fix: "Set natGateways to perAz; without NAT gateways, interfaceEndpoints to perAz.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    const groups = allOf(stack, "aws:autoscaling/group:Group");
    const fleet = zonesOf(groups.flatMap((group) => subnetsOf(group, "vpcZoneIdentifiers")));
    yield* judgeNatGateways(allOf(stack, "aws:ec2/natGateway:NatGateway"), fleet);
    yield* judgeEach(allOf(stack, "aws:ec2/vpcEndpoint:VpcEndpoint"), function* (endpoint) {
      // A gateway endpoint is a route, in no zone.
      if (endpoint.props.vpcEndpointType !== "Interface") return;
      yield* judgeZones(endpoint, "subnetIds", subnetsOf(endpoint, "subnetIds"), fleet);
    });
  },
);

function subnetsOf(resource: StackResource, property: string) {
  return referredTo(resource, property, "aws:ec2/subnet:Subnet");
}

function* judgeNatGateways(
  gateways: readonly StackResourceOf<"aws:ec2/natGateway:NatGateway">[],
  fleet: readonly string[],
): Iterable<StackFinding> {
  const [first] = gateways;
  if (first === undefined) return;
  const subnets = gateways.flatMap((gateway) => subnetsOf(gateway, "subnetId"));
  yield* judgeZones(first, "subnetId", subnets, fleet);
}

function* judgeZones(
  resource: StackResource,
  at: string,
  subnets: readonly StackResourceOf<"aws:ec2/subnet:Subnet">[],
  fleet: readonly string[],
): Iterable<StackFinding> {
  const zones = zonesOf(subnets);
  const missing = fleet.filter((zone) => !zones.includes(zone));
  if (missing.length === 0) return;
  yield {
    resource,
    at,
    value: `none in ${missing.join(", ")}`,
    allowed: `one in each of ${fleet.join(", ")}`,
  };
}
