import * as aws from "@pulumi/aws";

import { accountNeed } from "../settings/account";
import { lookUp } from "../settings/lookUp";
import { zoneCount } from "../shared/zones";
import { zoneIndexOf, type LiveNetwork } from "./placement";

/**
 * The VPCs of this stack in the account, found by the stack's tags. A program cannot read Pulumi's state; the tags also
 * find the VPC of an `up` that failed.
 */
export async function findLiveNetworks(
  tags: Readonly<Record<string, string>>,
): Promise<readonly LiveNetwork[]> {
  const { ids } = await lookUp(accountNeed, aws.ec2.getVpcs({ tags: { ...tags } }));
  return await Promise.all(ids.map((vpcId) => readLiveNetwork(vpcId, tags)));
}

async function readLiveNetwork(vpcId: string, tags: Readonly<Record<string, string>>): Promise<LiveNetwork> {
  const ofVpc = [{ name: "vpc-id", values: [vpcId] }];
  const [{ cidrBlock }, { ids }] = await Promise.all([
    lookUp(accountNeed, aws.ec2.getVpc({ id: vpcId })),
    lookUp(accountNeed, aws.ec2.getSubnets({ filters: ofVpc, tags: { ...tags } })),
  ]);
  const subnets = await Promise.all(ids.map((id) => lookUp(accountNeed, aws.ec2.getSubnet({ id }))));
  const zones = Array.from(
    { length: zoneCount },
    (_, index) =>
      subnets.find((subnet) => zoneIndexOf(cidrBlock, subnet.cidrBlock) === index)?.availabilityZone,
  );
  return { vpcId, cidrBlock, zones };
}
