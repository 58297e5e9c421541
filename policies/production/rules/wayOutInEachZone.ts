import type { StackFinding } from "../../support/finding";
import { referencesOf, mergeReferences } from "../../support/references";
import { stackRule } from "../../support/rule";
import { allOf, type StackResource } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { referencedZones, type ReferencedZones } from "../../support/zones";

export const wayOutInEachZone = stackRule(
  {
    name: "way-out-in-each-zone",
    displayName: "NAT gateways and endpoints in each zone",
    description: "NAT gateways and interface endpoints are in every Availability Zone of the fleet.",
    why: "Servers that reach the internet or the database's secret through another zone's gateway or endpoint lose that access when the zone fails.",
    severity: "medium",
    topics: ["availability"],
    fix: "Set network.natGateways to perAz; without NAT gateways, set network.interfaceEndpoints to perAz.",
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
        // A gateway endpoint is a route and has no zone.
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

/** All NAT gateways together, or one interface endpoint. */
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
