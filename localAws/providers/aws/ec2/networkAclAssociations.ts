import type { NetworkAclAssociation } from "@aws-sdk/client-ec2";

import type { AwsClients } from "../clients";
import { sent } from "../gone";

/** The network ACL of a subnet. AWS always has exactly one. */
export async function associationOf(
  aws: AwsClients,
  subnetId: string,
): Promise<NetworkAclAssociation | undefined> {
  const ec2 = await aws.ec2();
  const { NetworkAcls } = await ec2.describeNetworkAcls({
    Filters: [{ Name: "association.subnet-id", Values: [subnetId] }],
  });
  const associations = (NetworkAcls ?? []).flatMap(({ Associations }) => Associations ?? []);
  return associations.find(({ SubnetId }) => SubnetId === subnetId);
}

/** Associates the subnet with another network ACL. @returns the association's new id */
export async function associate(aws: AwsClients, subnetId: string, networkAclId: string): Promise<string> {
  const ec2 = await aws.ec2();
  const association = await associationOf(aws, subnetId);
  const current = sent(association?.NetworkAclAssociationId, "NetworkAclAssociationId");
  if (association?.NetworkAclId === networkAclId) return current;
  const { NewAssociationId } = await ec2.replaceNetworkAclAssociation({
    AssociationId: current,
    NetworkAclId: networkAclId,
  });
  return sent(NewAssociationId, "NewAssociationId");
}

/** The default ACL of the VPC. */
export async function defaultNetworkAclId(aws: AwsClients, vpcId: string): Promise<string> {
  const ec2 = await aws.ec2();
  const { NetworkAcls } = await ec2.describeNetworkAcls({
    Filters: [
      { Name: "vpc-id", Values: [vpcId] },
      { Name: "default", Values: ["true"] },
    ],
  });
  return sent(NetworkAcls?.[0]?.NetworkAclId, "NetworkAclId");
}
