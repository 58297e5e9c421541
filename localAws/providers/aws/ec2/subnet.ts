import type { Subnet as Ec2Subnet } from "@aws-sdk/client-ec2";
import type { SubnetArgs, SubnetState } from "@pulumi/aws/ec2";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { onceUnused } from "./onceUnused";
import { retag, taggedAs } from "./tagging";

/** A subnet. */
export const subnet: ResourceType<SubnetArgs> = {
  token: "aws:ec2/subnet:Subnet",
  properties: {
    assignIpv6AddressOnCreation: { default: false },
    availabilityZone: { replace: true, computed: true },
    availabilityZoneId: { replace: true, computed: true },
    cidrBlock: { required: true, replace: true },
    ipv6CidrBlock: {},
    mapPublicIpOnLaunch: { default: false },
    tags: {},
    vpcId: { required: true, replace: true },
  },
  check: ({ availabilityZone, availabilityZoneId }) =>
    availabilityZone === undefined || availabilityZoneId === undefined
      ? []
      : [
          {
            property: "availabilityZoneId",
            reason: `either availabilityZone or availabilityZoneId, not both`,
          },
        ],
  async create(aws, inputs) {
    const from = reading<SubnetArgs>(inputs);
    const ec2 = await aws.ec2();
    const { Subnet } = await ec2.createSubnet({
      VpcId: from.requiredString("vpcId"),
      CidrBlock: from.requiredString("cidrBlock"),
      Ipv6CidrBlock: from.string("ipv6CidrBlock"),
      AvailabilityZone: from.string("availabilityZone"),
      AvailabilityZoneId: from.string("availabilityZoneId"),
      ...taggedAs("subnet", inputs),
    });
    return { id: sent(Subnet?.SubnetId, "Subnet.SubnetId") };
  },
  async complete(aws, SubnetId, inputs) {
    const from = reading<SubnetArgs>(inputs);
    const ec2 = await aws.ec2();
    // AWS accepts one attribute per request.
    if (from.boolean("mapPublicIpOnLaunch") === true) {
      await ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value: true } });
    }
    if (from.boolean("assignIpv6AddressOnCreation") === true) {
      await ec2.modifySubnetAttribute({ SubnetId, AssignIpv6AddressOnCreation: { Value: true } });
    }
  },
  async read(aws, SubnetId) {
    const ec2 = await aws.ec2();
    const answer = await unlessGone(
      ec2.describeSubnets({ SubnetIds: [SubnetId] }),
      "InvalidSubnetID.NotFound",
    );
    const found = answer?.Subnets?.[0];
    if (found === undefined) return undefined;
    return present({
      arn: found.SubnetArn,
      assignIpv6AddressOnCreation: found.AssignIpv6AddressOnCreation,
      availabilityZone: found.AvailabilityZone,
      availabilityZoneId: found.AvailabilityZoneId,
      cidrBlock: found.CidrBlock,
      ipv6CidrBlock: ipv6Association(found)?.Ipv6CidrBlock,
      mapPublicIpOnLaunch: found.MapPublicIpOnLaunch,
      ownerId: found.OwnerId,
      vpcId: found.VpcId,
      ...tagProperties(found.Tags),
    } satisfies Known<SubnetState>);
  },
  async update(aws, change) {
    const from = reading<SubnetArgs>(change.new);
    const ec2 = await aws.ec2();
    if (change.changed.has("mapPublicIpOnLaunch")) {
      const Value = from.boolean("mapPublicIpOnLaunch") ?? false;
      await ec2.modifySubnetAttribute({ SubnetId: change.id, MapPublicIpOnLaunch: { Value } });
    }
    const assign = from.boolean("assignIpv6AddressOnCreation") ?? false;
    const setAssign = async (when: boolean) => {
      if (!change.changed.has("assignIpv6AddressOnCreation") || assign !== when) return;
      await ec2.modifySubnetAttribute({
        SubnetId: change.id,
        AssignIpv6AddressOnCreation: { Value: assign },
      });
    };
    // AWS refuses to remove an IPv6 range while the subnet assigns its addresses, and to assign addresses without a range.
    await setAssign(false);
    if (change.changed.has("ipv6CidrBlock")) {
      await changeIpv6Range(aws, change.id, from.string("ipv6CidrBlock"));
    }
    await setAssign(true);
    await retag(aws, change);
  },
  async delete(aws, SubnetId) {
    const ec2 = await aws.ec2();
    await onceUnused(() => unlessGone(ec2.deleteSubnet({ SubnetId }), "InvalidSubnetID.NotFound"));
  },
};

function ipv6Association({ Ipv6CidrBlockAssociationSet: all = [] }: Ec2Subnet) {
  return all.find(({ Ipv6CidrBlockState: state }) => state?.State === "associated");
}

async function changeIpv6Range(
  aws: AwsClients,
  SubnetId: string,
  Ipv6CidrBlock: string | undefined,
): Promise<void> {
  const ec2 = await aws.ec2();
  const { Subnets = [] } = await ec2.describeSubnets({ SubnetIds: [SubnetId] });
  const AssociationId = Subnets.map(ipv6Association)[0]?.AssociationId;
  if (AssociationId !== undefined) await ec2.disassociateSubnetCidrBlock({ AssociationId });
  if (Ipv6CidrBlock !== undefined) await ec2.associateSubnetCidrBlock({ SubnetId, Ipv6CidrBlock });
}
