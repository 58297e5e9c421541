import { mergeReferences, referencesOf, type References } from "../references";
import { isResource } from "../resourceTypes";
import { allOf, type StackResource, type StackResourceOf } from "../stack";

/** The types of subnets: a default subnet is AWS's, and the program adopts it. */
const subnetTypes = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"] as const;

export type SubnetType = (typeof subnetTypes)[number];
export type Subnet = StackResourceOf<SubnetType>;

/** A property with subnets' ids; with `member`, a list of objects that have them. */
export type SubnetProperty = string | { readonly property: string; readonly member: string };

/** The stack's subnets to which the properties of a resource refer. */
export function subnetsOf(
  stack: readonly StackResource[],
  resource: StackResource,
  ...properties: readonly SubnetProperty[]
): References<SubnetType> {
  return mergeReferences(
    properties.map((each) =>
      typeof each === "string"
        ? referencesOf(stack, resource, each, subnetTypes)
        : referencesOf(stack, resource, each.property, subnetTypes, { member: each.member }),
    ),
  );
}

/** The subnets of an interface endpoint, those that are added to it too. */
export function subnetsOfEndpoint(
  stack: readonly StackResource[],
  endpoint: StackResource,
): References<SubnetType> {
  const token = "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation";
  const added = allOf(stack, token).filter((association) =>
    referencesOf(stack, association, "vpcEndpointId", "aws:ec2/vpcEndpoint:VpcEndpoint").possible.some(
      ({ urn }) => urn === endpoint.urn,
    ),
  );
  return mergeReferences([
    subnetsOf(stack, endpoint, "subnetIds", { property: "subnetConfigurations", member: "subnetId" }),
    ...added.map((association) => subnetsOf(stack, association, "subnetId")),
  ]);
}

/** The Availability Zone of a subnet; undefined when AWS is to choose one. */
export function zoneOf(subnet: Subnet): string | undefined {
  if (isResource(subnet, "aws:ec2/defaultSubnet:DefaultSubnet")) return subnet.props.availabilityZone;
  const { props } = subnet;
  const { availabilityZone } = props;
  return availabilityZone ?? ("availabilityZoneId" in props ? props.availabilityZoneId : undefined);
}

/** The Availability Zones of subnets, each once; a zone that AWS is to choose is not one yet. */
export function zonesOf(subnets: readonly Subnet[]): readonly string[] {
  return [...new Set(subnets.map(zoneOf))].filter((zone) => zone !== undefined);
}

/** The Availability Zones of subnets, some of which a preview may not know. */
export interface ReferencedZones {
  readonly certain: readonly string[];
  readonly possible: readonly string[];
  /** The policy SDK's error about the unknown value; `undefined` when all are known. */
  readonly unknown: Error | undefined;
  /** The policy SDK's error, when the certain zones are those of subnets that are taken to be referred to. */
  readonly assumed?: Error | undefined;
}

export function referencedZones({
  certain,
  possible,
  unknown,
  assumed,
}: References<SubnetType>): ReferencedZones {
  return { certain: zonesOf(certain), possible: zonesOf(possible), unknown, assumed };
}
