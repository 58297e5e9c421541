import type { SecurityGroup } from "@aws-sdk/client-ec2";
import type { SecurityGroupArgs, SecurityGroupState } from "@pulumi/aws/ec2";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { ec2Arn } from "./arn";
import { bringInlineRules, inlineRuleProperties, inlineRulesOf } from "./inlineRules";
import { onceUnused } from "./onceUnused";
import { retag, taggedAs } from "./tagging";

/**
 * A security group. Its rules are its own (`ingress`, `egress`) or separate resources, e.g.
 * `aws.vpc.SecurityGroupIngressRule`. As in the official provider, a direction that the program omits stays as it is.
 */
export const securityGroup: ResourceType<SecurityGroupArgs> = {
  token: "aws:ec2/securityGroup:SecurityGroup",
  properties: {
    description: { replace: true, default: "Managed by Pulumi" },
    egress: { computed: true, set: true, nested: inlineRuleProperties },
    ingress: { computed: true, set: true, nested: inlineRuleProperties },
    name: { replace: true, autoName: { maxLength: 255 } },
    revokeRulesOnDelete: { default: false, notReadable: true },
    tags: {},
    vpcId: { replace: true, computed: true },
  },
  async create(aws, inputs) {
    const from = reading<SecurityGroupArgs>(inputs);
    const ec2 = await aws.ec2();
    const { GroupId } = await ec2.createSecurityGroup({
      Description: from.requiredString("description"),
      GroupName: from.requiredString("name"),
      VpcId: from.string("vpcId"),
      ...taggedAs("security-group", inputs),
    });
    return { id: sent(GroupId, "GroupId") };
  },
  /** Removes the rule of a new group that allows all outbound traffic, as Terraform does. */
  async complete(aws, id, inputs) {
    const { IpPermissionsEgress, ...found } = sent(await findSecurityGroup(aws, id), "SecurityGroup");
    await revokeEgress(aws, { ...found, IpPermissionsEgress });
    await bringInlineRules(aws, found, inputs);
  },
  async read(aws, id, prior) {
    const found = await findSecurityGroup(aws, id);
    if (found === undefined) return undefined;
    return { ...securityGroupState(aws, found), ...inlineRulesOf(found, prior) };
  },
  async update(aws, change) {
    if (change.changed.has("ingress") || change.changed.has("egress")) {
      const found = sent(await findSecurityGroup(aws, change.id), "SecurityGroup");
      await bringInlineRules(aws, found, change.new);
    }
    await retag(aws, change);
  },
  async delete(aws, id, state) {
    if (reading<SecurityGroupArgs>(state).boolean("revokeRulesOnDelete") === true) {
      const found = await findSecurityGroup(aws, id);
      if (found === undefined) return;
      await revokeIngress(aws, found);
      await revokeEgress(aws, found);
    }
    const ec2 = await aws.ec2();
    await onceUnused(() => unlessGone(ec2.deleteSecurityGroup({ GroupId: id }), "InvalidGroup.NotFound"));
  },
};

export async function findSecurityGroup(aws: AwsClients, id: string): Promise<SecurityGroup | undefined> {
  const ec2 = await aws.ec2();
  const answer = await unlessGone(ec2.describeSecurityGroups({ GroupIds: [id] }), "InvalidGroup.NotFound");
  return answer?.SecurityGroups?.[0];
}

export function securityGroupState(aws: AwsClients, found: SecurityGroup): Properties {
  return present({
    arn: ec2Arn(aws, "security-group", sent(found.GroupId, "GroupId"), found.OwnerId),
    description: found.Description,
    name: found.GroupName,
    ownerId: found.OwnerId,
    vpcId: found.VpcId,
    ...tagProperties(found.Tags),
  } satisfies Known<SecurityGroupState>);
}

export async function revokeEgress(aws: AwsClients, { GroupId, IpPermissionsEgress }: SecurityGroup) {
  if (IpPermissionsEgress === undefined || IpPermissionsEgress.length === 0) return;
  const ec2 = await aws.ec2();
  await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: IpPermissionsEgress });
}

export async function revokeIngress(aws: AwsClients, { GroupId, IpPermissions }: SecurityGroup) {
  if (IpPermissions === undefined || IpPermissions.length === 0) return;
  const ec2 = await aws.ec2();
  await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions });
}
