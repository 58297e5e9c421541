import type { DefaultSecurityGroupArgs } from "@pulumi/aws/ec2";

import { sent } from "../gone";
import type { ResourceType } from "../resourceType";
import { tagList } from "../tags";
import { reading } from "../values";
import { findSecurityGroup, revokeEgress, revokeIngress, securityGroupState } from "./securityGroup";
import { retag } from "./tagging";

/**
 * The security group that AWS creates with each VPC, with all its rules removed. AWS does not allow its deletion, so
 * deleting the resource only removes it from the state.
 */
export const defaultSecurityGroup: ResourceType<DefaultSecurityGroupArgs> = {
  token: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  properties: { tags: {}, vpcId: { required: true, replace: true } },
  async create(aws, inputs) {
    const ec2 = await aws.ec2();
    const { SecurityGroups } = await ec2.describeSecurityGroups({
      Filters: [
        { Name: "vpc-id", Values: [reading<DefaultSecurityGroupArgs>(inputs).requiredString("vpcId")] },
        { Name: "group-name", Values: ["default"] },
      ],
    });
    return { id: sent(SecurityGroups?.[0]?.GroupId, "SecurityGroups.GroupId") };
  },
  async complete(aws, id, inputs) {
    const found = sent(await findSecurityGroup(aws, id), "SecurityGroup");
    await revokeIngress(aws, found);
    await revokeEgress(aws, found);
    const Tags = tagList(inputs);
    if (Tags.length > 0) await (await aws.ec2()).createTags({ Resources: [id], Tags });
  },
  async read(aws, id) {
    const found = await findSecurityGroup(aws, id);
    return found === undefined ? undefined : securityGroupState(aws, found);
  },
  update: retag,
  delete: () => Promise.resolve(),
};
