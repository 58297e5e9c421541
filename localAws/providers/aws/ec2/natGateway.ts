import type { NatGatewayArgs, NatGatewayState } from "@pulumi/aws/ec2";

import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { retag, taggedAs } from "./tagging";

/** Time limits in seconds. AWS takes a few minutes for each; Terraform waits 10 and 30 minutes. */
const toStart = { maxWaitTime: 600, minDelay: 1 };
const toEnd = { maxWaitTime: 1800, minDelay: 1 };

/** A NAT gateway. */
export const natGateway: ResourceType<NatGatewayArgs> = {
  token: "aws:ec2/natGateway:NatGateway",
  properties: {
    allocationId: { replace: true },
    connectivityType: { replace: true, default: "public" },
    subnetId: { required: true, replace: true },
    tags: {},
  },
  check: ({ allocationId, connectivityType }) =>
    (connectivityType === "public") === (allocationId !== undefined)
      ? []
      : [
          {
            property: "allocationId",
            reason:
              "a public NAT gateway needs the allocationId of an Elastic IP, a private one must not have one",
          },
        ],
  async create(aws, inputs) {
    const from = reading<NatGatewayArgs>(inputs);
    const ec2 = await aws.ec2();
    const { NatGateway } = await ec2.createNatGateway({
      AllocationId: from.string("allocationId"),
      ConnectivityType: from.string("connectivityType") === "private" ? "private" : "public",
      SubnetId: from.requiredString("subnetId"),
      ...taggedAs("natgateway", inputs),
    });
    return { id: sent(NatGateway?.NatGatewayId, "NatGateway.NatGatewayId") };
  },
  async complete(aws, id) {
    const ec2 = await aws.ec2();
    await ec2.waitUntilNatGatewayAvailable({ NatGatewayIds: [id] }, toStart);
  },
  async read(aws, id) {
    const ec2 = await aws.ec2();
    const answer = await unlessGone(ec2.describeNatGateways({ NatGatewayIds: [id] }), "NatGatewayNotFound");
    const found = answer?.NatGateways?.[0];
    // AWS returns a deleted one for about an hour.
    if (found === undefined || found.State === "deleted" || found.State === "deleting") return undefined;
    const address = found.NatGatewayAddresses?.[0];
    return present({
      allocationId: address?.AllocationId,
      associationId: address?.AssociationId,
      connectivityType: found.ConnectivityType,
      networkInterfaceId: address?.NetworkInterfaceId,
      privateIp: address?.PrivateIp,
      publicIp: address?.PublicIp,
      subnetId: found.SubnetId,
      vpcId: found.VpcId,
      ...tagProperties(found.Tags),
    } satisfies Known<NatGatewayState>);
  },
  update: retag,
  async delete(aws, NatGatewayId) {
    const ec2 = await aws.ec2();
    const answer = await unlessGone(ec2.deleteNatGateway({ NatGatewayId }), "NatGatewayNotFound");
    if (answer === undefined) return;
    // Its Elastic IP and subnet can be deleted only after it.
    await ec2.waitUntilNatGatewayDeleted({ NatGatewayIds: [NatGatewayId] }, toEnd);
  },
};
