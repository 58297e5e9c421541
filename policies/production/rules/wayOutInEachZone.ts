import type { StackFinding } from "../../support/finding";
import { referencesOf, mergeReferences } from "../../support/references";
import { stackRule } from "../../support/rule";
import { allOf, type StackResource } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { referencedZones, type ReferencedZones } from "../../support/zones";

/** A fleet over two zones that depends on one NAT gateway depends on one zone after all. */
export const wayOutInEachZone = stackRule(
  {
    name: "way-out-in-each-zone",
    displayName: "A way out in each zone",
    description: "NAT gateways and interface endpoints are in every zone that the fleet is in.",
    why: "Servers that reach the internet, or the database's secret, through a gateway or an endpoint in another zone are cut off when that zone fails.",
    severity: "medium",
    fix: "Set natGateways to perAz; without NAT gateways, interfaceEndpoints to perAz.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    const subnetsOf = (resource: StackResource, property: string) =>
      referencesOf(stack, resource, property, "aws:ec2/subnet:Subnet");
    const groups = allOf(stack, "aws:autoscaling/group:Group");
    const fleet = referencedZones(
      mergeReferences(groups.map((group) => subnetsOf(group, "vpcZoneIdentifiers"))),
    );
    const gateways = allOf(stack, "aws:ec2/natGateway:NatGateway");
    const outlets = [
      ...gateways.slice(0, 1).map((first) => ({
        resource: first,
        at: "subnetId",
        zones: referencedZones(mergeReferences(gateways.map((gateway) => subnetsOf(gateway, "subnetId")))),
      })),
      ...allOf(stack, "aws:ec2/vpcEndpoint:VpcEndpoint")
        // A gateway endpoint is a route, in no zone.
        .filter(({ props }) => props.vpcEndpointType === "Interface")
        .map((endpoint) => ({
          resource: endpoint,
          at: "subnetIds",
          zones: referencedZones(subnetsOf(endpoint, "subnetIds")),
        })),
    ];
    yield* judgeEach(outlets, (outlet) => judgeOutlet(outlet, fleet));
  },
);

/** What leads out of the fleet's zones: all NAT gateways together, or one endpoint. */
interface Outlet {
  readonly resource: StackResource;
  readonly at: string;
  readonly zones: ReferencedZones;
}

function* judgeOutlet({ resource, at, zones }: Outlet, fleet: ReferencedZones): Iterable<StackFinding> {
  const missing = fleet.certain.filter((zone) => !zones.possible.includes(zone));
  if (missing.length > 0) {
    yield {
      resource,
      at,
      value: `none in ${missing.join(", ")}`,
      allowed: `one in each of ${fleet.certain.join(", ")}`,
    };
    return;
  }
  if (fleet.possible.every((zone) => zones.certain.includes(zone))) return;
  const unknown = fleet.unknown ?? zones.unknown;
  if (unknown !== undefined) throw unknown;
}
