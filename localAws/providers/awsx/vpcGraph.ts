import type { Properties, PropertyValue } from "../aws/resourceType";
import { isObject } from "../aws/values";
import { ipv6Subnet } from "./ipv6";
import { nameOf, type PlannedSubnet } from "./subnetSpec";
import type { NatStrategy, VpcOptions } from "./vpcOptions";

/** A planned resource of a component. */
export interface PlannedResource {
  readonly type: string;
  readonly name: string;
  /** The parent among the planned resources. @default the component */
  readonly parent?: PlannedResource;
  readonly inputs: Properties;
  /** Inputs from outputs of other planned resources. */
  readonly references: Readonly<Record<string, Reference>>;
}

export interface Reference {
  readonly resource: PlannedResource;
  readonly output: "id" | "allocationId" | "ipv6CidrBlock";
  /** Computes the input from the known output; `undefined` omits the input. */
  readonly convert?: (output: PropertyValue | undefined) => PropertyValue | undefined;
}

/** The resources of an `awsx.ec2.Vpc`, by the names of its outputs; parents before children. */
export interface VpcGraph {
  readonly vpc: PlannedResource;
  readonly internetGateway: PlannedResource;
  readonly subnets: readonly (PlannedResource & { readonly plan: PlannedSubnet })[];
  readonly routeTables: readonly PlannedResource[];
  readonly routeTableAssociations: readonly PlannedResource[];
  readonly routes: readonly PlannedResource[];
  readonly eips: readonly PlannedResource[];
  readonly natGateways: readonly PlannedResource[];
  readonly vpcEndpoints: readonly PlannedResource[];
}

const everywhere = "0.0.0.0/0";

/** The resources that the official awsx registers for these options; see tests/support/awsx-vpc-graphs.json. */
export function planVpc(name: string, options: VpcOptions, planned: readonly PlannedSubnet[]): VpcGraph {
  const shared = { Name: name, ...options.tags };
  const vpc: PlannedResource = {
    type: "aws:ec2/vpc:Vpc",
    name,
    inputs: { ...options.passedOn, cidrBlock: options.cidrBlock, tags: shared },
    references: {},
  };
  const inVpc = { vpcId: id(vpc) };
  const internetGateway: PlannedResource = {
    type: "aws:ec2/internetGateway:InternetGateway",
    name,
    parent: vpc,
    inputs: { tags: shared },
    references: inVpc,
  };
  const vpcEndpoints = options.endpoints.map(({ name: endpointName, inputs: { tags, ...spec } }) => ({
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    name: endpointName,
    parent: vpc,
    inputs: { ...spec, tags: { ...shared, ...tagsOf(tags) } },
    references: inVpc,
  }));
  const subnets = inOrder(planned).map((plan, index) => subnetOf(name, shared, vpc, plan, index, options));
  const routeTables = subnets.map((subnet): PlannedResource => {
    const { plan } = subnet;
    return {
      type: "aws:ec2/routeTable:RouteTable",
      name: subnet.name,
      parent: subnet,
      inputs: { tags: { ...shared, Name: nameTag(name, plan, options), SubnetType: plan.type } },
      references: inVpc,
    };
  });
  const pairs = subnets.flatMap((subnet, index) => {
    const table = routeTables[index];
    return table === undefined ? [] : [{ subnet, table }];
  });
  const nats = natsOf(name, options, subnets);
  return {
    vpc,
    internetGateway,
    subnets,
    routeTables,
    routeTableAssociations: pairs.map(({ subnet, table }) => ({
      type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
      name: subnet.name,
      parent: table,
      inputs: {},
      references: { routeTableId: id(table), subnetId: id(subnet) },
    })),
    routes: pairs.flatMap(({ subnet, table }) => {
      const way = wayOut(subnet.plan, internetGateway, options.natStrategy, nats);
      if (way === undefined) return [];
      return [
        {
          type: "aws:ec2/route:Route",
          name: subnet.name,
          parent: table,
          inputs: { destinationCidrBlock: everywhere },
          references: { routeTableId: id(table), ...way },
        },
      ];
    }),
    eips: nats.flatMap(({ eip }) => (eip === undefined ? [] : [eip])),
    natGateways: nats.map(({ gateway }) => gateway),
    vpcEndpoints,
  };
}

function id(resource: PlannedResource): Reference {
  return { resource, output: "id" };
}

function tagsOf(tags: Properties[string] | undefined): Properties {
  return tags !== undefined && isObject(tags) ? tags : {};
}

/** Zone by zone, in each the public subnets first, so that a NAT gateway precedes its route. */
function inOrder(planned: readonly PlannedSubnet[]): readonly PlannedSubnet[] {
  const rank = ({ type }: PlannedSubnet) => ["Public", "Private", "Isolated"].indexOf(type);
  return planned
    .filter(({ type }) => type !== "Unused")
    .sort((one, other) => one.zoneNumber - other.zoneNumber || rank(one) - rank(other));
}

function subnetOf(
  vpcName: string,
  shared: Properties,
  vpc: PlannedResource,
  plan: PlannedSubnet,
  index: number,
  options: VpcOptions,
) {
  const name = `${vpcName}-${nameOf(plan)}`;
  const assignIpv6AddressOnCreation = plan.spec.assignIpv6AddressOnCreation ?? options.assignIpv6;
  return {
    type: "aws:ec2/subnet:Subnet",
    name,
    parent: vpc,
    inputs: {
      assignIpv6AddressOnCreation,
      availabilityZone: plan.zone,
      cidrBlock: plan.cidrBlock,
      mapPublicIpOnLaunch: plan.type === "Public",
      tags: {
        ...shared,
        ...plan.spec.tags,
        Name: nameTag(vpcName, plan, options),
        SubnetType: plan.type,
      },
    },
    references: {
      vpcId: id(vpc),
      // The VPC's IPv6 range decides whether the subnet has one, so a first preview does not know it.
      ipv6CidrBlock: {
        resource: vpc,
        output: "ipv6CidrBlock" as const,
        convert: (range: PropertyValue | undefined) =>
          assignIpv6AddressOnCreation ? ipv6Subnet(range, index, name) : undefined,
      },
    },
    plan,
  };
}

/** `vpc-public-1` or, by `subnetNameTagStrategy`, `vpc-public-1a`. */
function nameTag(vpcName: string, plan: PlannedSubnet, { nameTagStrategy }: VpcOptions): string {
  const name = `${vpcName}-${nameOf(plan)}`;
  if (nameTagStrategy === "Legacy") return name;
  return name.replace(/\d+$/, plan.zone.replace(/^[a-z]{2}(?:-[a-z]+)+-/, ""));
}

interface Nat {
  readonly zone: string;
  /** `undefined` if the program provides the address. */
  readonly eip: PlannedResource | undefined;
  readonly gateway: PlannedResource;
}

/** NAT gateways, each with an address, in the first public subnet or in that of each zone. */
function natsOf(name: string, options: VpcOptions, subnets: VpcGraph["subnets"]): readonly Nat[] {
  const publics = subnets.filter(({ plan }) => plan.type === "Public");
  const firstOfZone = publics.filter(
    ({ plan }, index) => publics.findIndex((other) => other.plan.zone === plan.zone) === index,
  );
  const places = { None: [], Single: firstOfZone.slice(0, 1), OnePerAz: firstOfZone }[options.natStrategy];
  return places.map((subnet): Nat => {
    const natName = `${name}-${subnet.plan.zoneNumber}`;
    const tags = { ...options.tags, Name: natName };
    const given = options.elasticIpAllocationIds[subnet.plan.zoneNumber - 1];
    const eip: PlannedResource | undefined =
      given === undefined
        ? { type: "aws:ec2/eip:Eip", name: natName, parent: subnet, inputs: { tags }, references: {} }
        : undefined;
    const gateway: PlannedResource = {
      type: "aws:ec2/natGateway:NatGateway",
      name: natName,
      parent: subnet,
      inputs: given === undefined ? { tags } : { allocationId: given, tags },
      references: {
        ...(eip === undefined ? {} : { allocationId: { resource: eip, output: "allocationId" } }),
        subnetId: id(subnet),
      },
    };
    return { zone: subnet.plan.zone, eip, gateway };
  });
}

/** Public subnets have a route to the internet gateway, private ones to a NAT gateway, isolated ones to none. */
function wayOut(
  { type, zone }: PlannedSubnet,
  internetGateway: PlannedResource,
  strategy: NatStrategy,
  nats: readonly Nat[],
): Readonly<Record<string, Reference>> | undefined {
  if (type === "Public") return { gatewayId: id(internetGateway) };
  if (type !== "Private") return undefined;
  const nat = strategy === "Single" ? nats[0] : nats.find((one) => one.zone === zone);
  return nat === undefined ? undefined : { natGatewayId: id(nat.gateway) };
}
