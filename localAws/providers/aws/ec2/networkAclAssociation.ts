import type { NetworkAclAssociationArgs, NetworkAclAssociationState } from "@pulumi/aws/ec2";

import { sent } from "../gone";
import type { ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";
import { associate, associationOf, defaultNetworkAclId } from "./networkAclAssociations";

/** The association of a subnet with a network ACL. */
export const networkAclAssociation: ResourceType<NetworkAclAssociationArgs> = {
  token: "aws:ec2/networkAclAssociation:NetworkAclAssociation",
  properties: {
    networkAclId: { required: true, replace: true },
    subnetId: { required: true, replace: true },
  },
  async create(aws, inputs) {
    const from = reading<NetworkAclAssociationArgs>(inputs);
    return {
      id: await associate(aws, from.requiredString("subnetId"), from.requiredString("networkAclId")),
    };
  },
  async read(aws, id, prior) {
    const association = await associationOf(
      aws,
      reading<NetworkAclAssociationArgs>(prior).requiredString("subnetId"),
    );
    if (association?.NetworkAclAssociationId !== id) return undefined;
    return present({
      networkAclId: association.NetworkAclId,
      subnetId: association.SubnetId,
    } satisfies Known<NetworkAclAssociationState>);
  },
  async delete(aws, id, state) {
    const subnetId = reading<NetworkAclAssociationArgs>(state).requiredString("subnetId");
    const association = await associationOf(aws, subnetId);
    if (association?.NetworkAclAssociationId !== id) return;
    const ec2 = await aws.ec2();
    const { Subnets } = await ec2.describeSubnets({ SubnetIds: [subnetId] });
    const vpcId = sent(Subnets?.[0]?.VpcId, "Subnets.VpcId");
    await associate(aws, subnetId, await defaultNetworkAclId(aws, vpcId));
  },
};
