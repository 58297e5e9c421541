import { paginateDescribeTags } from "@aws-sdk/client-ec2";

import type { AccountClients } from "../account/clients";
import { everyItem } from "../account/paging";
import { nameIn, type Found } from "./found";

/** Pulumi's types of tagged EC2 resources, by EC2's own. */
const types: Readonly<Record<string, readonly string[]>> = {
  vpc: ["aws:ec2/vpc:Vpc"],
  subnet: ["aws:ec2/subnet:Subnet"],
  "internet-gateway": ["aws:ec2/internetGateway:InternetGateway"],
  "route-table": ["aws:ec2/routeTable:RouteTable"],
  // Every VPC has one security group that cannot be deleted; the program calls it `default`.
  "security-group": [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  ],
  "network-acl": ["aws:ec2/networkAcl:NetworkAcl"],
  "launch-template": ["aws:ec2/launchTemplate:LaunchTemplate"],
};

/** The VPC and everything in it that has the stack's tag, with what is derived from it: routes have no tags. */
export async function findNetwork(
  clients: AccountClients,
  stackName: string,
): Promise<{ readonly found: readonly Found[]; readonly cidrBlock: string | undefined }> {
  const ec2 = await clients.ec2();
  const ofStack = { Name: "tag:Stack", Values: [stackName] };
  const tagged = await everyItem(
    paginateDescribeTags(
      { client: ec2 },
      {
        Filters: [
          { Name: "key", Values: ["Stack"] },
          { Name: "value", Values: [stackName] },
        ],
      },
    ),
    ({ Tags }) => Tags,
    ({ ResourceId }) => ResourceId,
  );
  const ids = new Set(tagged.flatMap(({ ResourceId }) => ResourceId ?? []));
  const names = await everyItem(
    paginateDescribeTags({ client: ec2 }, { Filters: [{ Name: "key", Values: ["Name"] }] }),
    ({ Tags }) => Tags,
    ({ ResourceId }) => ResourceId,
  );
  const nameOf = new Map(names.map(({ ResourceId, Value }) => [ResourceId ?? "", Value ?? ""]));
  const byTag = tagged.flatMap(({ ResourceId = "", ResourceType = "" }) =>
    (types[ResourceType] ?? []).map((type): Found => ({
      type,
      name: nameOf.get(ResourceId) ?? "",
      id: ResourceId,
    })),
  );
  const { NatGateways = [] } = await ec2.describeNatGateways({
    Filter: [ofStack, { Name: "state", Values: ["pending", "available"] }],
  });
  const gateways = NatGateways.map(({ NatGatewayId: id = "", Tags }): Found => ({
    type: "aws:ec2/natGateway:NatGateway",
    name: nameIn(Tags),
    id,
  }));
  const { Addresses = [] } = await ec2.describeAddresses({ Filters: [ofStack] });
  const addresses = Addresses.map(({ AllocationId: id = "", Tags }): Found => ({
    type: "aws:ec2/eip:Eip",
    name: nameIn(Tags),
    id,
  }));
  const groups = byTag.flatMap(({ type, id }) =>
    type === "aws:ec2/securityGroup:SecurityGroup" ? [id] : [],
  );
  const { SecurityGroupRules = [] } =
    groups.length === 0
      ? {}
      : await ec2.describeSecurityGroupRules({ Filters: [{ Name: "group-id", Values: groups }] });
  const rules = SecurityGroupRules.map(({ SecurityGroupRuleId: id = "", IsEgress = false, Tags }): Found => ({
    type: IsEgress
      ? "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
      : "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    name: nameIn(Tags),
    id,
  }));
  const { RouteTables = [] } = await ec2.describeRouteTables({ Filters: [ofStack] });
  const routes = RouteTables.flatMap(({ RouteTableId = "", Tags, Routes = [], Associations = [] }) => [
    ...Routes.filter(({ Origin }) => Origin === "CreateRoute").map(
      ({ DestinationCidrBlock = "" }): Found => ({
        type: "aws:ec2/route:Route",
        name: nameIn(Tags),
        id: `${RouteTableId}_${DestinationCidrBlock}`,
      }),
    ),
    ...Associations.flatMap(({ SubnetId }): Found[] =>
      SubnetId === undefined
        ? []
        : [
            {
              type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
              name: nameOf.get(SubnetId) ?? "",
              id: `${SubnetId}/${RouteTableId}`,
            },
          ],
    ),
  ]);
  const { Vpcs = [] } = ids.size === 0 ? {} : await ec2.describeVpcs({ Filters: [ofStack] });
  return { found: [...byTag, ...gateways, ...addresses, ...rules, ...routes], cidrBlock: Vpcs[0]?.CidrBlock };
}
