import type { Vpc as Ec2Vpc } from "@aws-sdk/client-ec2";
import type { VpcArgs, VpcState } from "@pulumi/aws/ec2";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { ec2Arn } from "./arn";
import { onceUnused } from "./onceUnused";
import { retag, taggedAs } from "./tagging";

/** A VPC. */
export const vpc: ResourceType<VpcArgs> = {
  token: "aws:ec2/vpc:Vpc",
  properties: {
    assignGeneratedIpv6CidrBlock: { default: false },
    cidrBlock: { required: true, replace: true },
    enableDnsHostnames: { computed: true },
    enableDnsSupport: { default: true },
    instanceTenancy: { replace: true, default: "default" },
    tags: {},
  },
  async create(aws, inputs) {
    const from = reading<VpcArgs>(inputs);
    const ec2 = await aws.ec2();
    const { Vpc } = await ec2.createVpc({
      CidrBlock: from.requiredString("cidrBlock"),
      AmazonProvidedIpv6CidrBlock: from.boolean("assignGeneratedIpv6CidrBlock"),
      InstanceTenancy: from.string("instanceTenancy") === "dedicated" ? "dedicated" : "default",
      ...taggedAs("vpc", inputs),
    });
    return { id: sent(Vpc?.VpcId, "Vpc.VpcId") };
  },
  async complete(aws, VpcId, inputs) {
    const from = reading<VpcArgs>(inputs);
    const ec2 = await aws.ec2();
    const support = from.boolean("enableDnsSupport") ?? true;
    if (!support) await ec2.modifyVpcAttribute({ VpcId, EnableDnsSupport: { Value: false } });
    const hostnames = from.boolean("enableDnsHostnames") ?? false;
    if (hostnames) await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } });
  },
  async read(aws, VpcId) {
    const ec2 = await aws.ec2();
    const answer = await unlessGone(ec2.describeVpcs({ VpcIds: [VpcId] }), "InvalidVpcID.NotFound");
    const found = answer?.Vpcs?.[0];
    if (found === undefined) return undefined;
    const ofVpc = { Name: "vpc-id", Values: [VpcId] };
    const [hostnames, support, routeTables, acls, groups] = await Promise.all([
      ec2.describeVpcAttribute({ VpcId, Attribute: "enableDnsHostnames" }),
      ec2.describeVpcAttribute({ VpcId, Attribute: "enableDnsSupport" }),
      ec2.describeRouteTables({ Filters: [ofVpc, { Name: "association.main", Values: ["true"] }] }),
      ec2.describeNetworkAcls({ Filters: [ofVpc, { Name: "default", Values: ["true"] }] }),
      ec2.describeSecurityGroups({ Filters: [ofVpc, { Name: "group-name", Values: ["default"] }] }),
    ]);
    const ipv6 = ipv6Association(found);
    const mainRouteTableId = routeTables.RouteTables?.[0]?.RouteTableId;
    return present({
      arn: ec2Arn(aws, "vpc", VpcId, found.OwnerId),
      assignGeneratedIpv6CidrBlock: ipv6 !== undefined,
      cidrBlock: found.CidrBlock,
      defaultNetworkAclId: acls.NetworkAcls?.[0]?.NetworkAclId,
      defaultRouteTableId: mainRouteTableId,
      defaultSecurityGroupId: groups.SecurityGroups?.[0]?.GroupId,
      dhcpOptionsId: found.DhcpOptionsId,
      enableDnsHostnames: hostnames.EnableDnsHostnames?.Value,
      enableDnsSupport: support.EnableDnsSupport?.Value,
      instanceTenancy: found.InstanceTenancy,
      ipv6AssociationId: ipv6?.AssociationId,
      ipv6CidrBlock: ipv6?.Ipv6CidrBlock,
      mainRouteTableId,
      ownerId: found.OwnerId,
      ...tagProperties(found.Tags),
    } satisfies Known<VpcState>);
  },
  async update(aws, change) {
    const from = reading<VpcArgs>(change.new);
    const ec2 = await aws.ec2();
    const support = from.boolean("enableDnsSupport") ?? true;
    const hostnames = from.boolean("enableDnsHostnames");
    // AWS accepts one attribute per request. DNS host names require DNS support, so support is enabled first.
    if (change.changed.has("enableDnsSupport")) {
      await ec2.modifyVpcAttribute({ VpcId: change.id, EnableDnsSupport: { Value: support } });
    }
    if (change.changed.has("enableDnsHostnames")) {
      await ec2.modifyVpcAttribute({ VpcId: change.id, EnableDnsHostnames: { Value: hostnames ?? false } });
    }
    if (change.changed.has("assignGeneratedIpv6CidrBlock")) {
      await changeIpv6(aws, change.id, from.boolean("assignGeneratedIpv6CidrBlock") ?? false);
    }
    await retag(aws, change);
  },
  async delete(aws, VpcId) {
    const ec2 = await aws.ec2();
    await onceUnused(() => unlessGone(ec2.deleteVpc({ VpcId }), "InvalidVpcID.NotFound"));
  },
};

function ipv6Association({ Ipv6CidrBlockAssociationSet: all = [] }: Ec2Vpc) {
  return all.find(({ Ipv6CidrBlockState: state }) => state?.State === "associated");
}

async function changeIpv6(aws: AwsClients, VpcId: string, wanted: boolean): Promise<void> {
  const ec2 = await aws.ec2();
  if (wanted) {
    await ec2.associateVpcCidrBlock({ VpcId, AmazonProvidedIpv6CidrBlock: true });
    return;
  }
  const { Vpcs = [] } = await ec2.describeVpcs({ VpcIds: [VpcId] });
  const AssociationId = Vpcs.map(ipv6Association)[0]?.AssociationId;
  if (AssociationId !== undefined) await ec2.disassociateVpcCidrBlock({ AssociationId });
}
