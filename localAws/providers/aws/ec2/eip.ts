import type { EipArgs, EipState } from "@pulumi/aws/ec2";

import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { tagProperties } from "../tags";
import { present, type Known } from "../values";
import { ec2Arn } from "./arn";
import { retag, taggedAs } from "./tagging";

/** An Elastic IP address. */
export const eip: ResourceType<EipArgs> = {
  token: "aws:ec2/eip:Eip",
  properties: { domain: { replace: true, computed: true }, tags: {} },
  check: ({ domain }) =>
    domain === undefined || domain === "vpc"
      ? []
      : [{ property: "domain", reason: 'AWS has "vpc" only, since EC2-Classic is gone' }],
  async create(aws, inputs) {
    const ec2 = await aws.ec2();
    const { AllocationId } = await ec2.allocateAddress({
      Domain: "vpc",
      ...taggedAs("elastic-ip", inputs),
    });
    return { id: sent(AllocationId, "AllocationId") };
  },
  async read(aws, id) {
    const ec2 = await aws.ec2();
    const answer = await unlessGone(
      ec2.describeAddresses({ AllocationIds: [id] }),
      "InvalidAllocationID.NotFound",
    );
    const found = answer?.Addresses?.[0];
    if (found === undefined) return undefined;
    return present({
      allocationId: id,
      arn: ec2Arn(aws, "elastic-ip", id),
      associationId: found.AssociationId,
      domain: found.Domain,
      instance: found.InstanceId,
      networkInterface: found.NetworkInterfaceId,
      privateIp: found.PrivateIpAddress,
      publicIp: found.PublicIp,
      ...tagProperties(found.Tags),
    } satisfies Known<EipState>);
  },
  update: retag,
  async delete(aws, AllocationId) {
    await unlessGone((await aws.ec2()).releaseAddress({ AllocationId }), "InvalidAllocationID.NotFound");
  },
};
