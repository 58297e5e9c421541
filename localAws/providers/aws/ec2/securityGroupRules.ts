import type { IpPermission, SecurityGroupRule } from "@aws-sdk/client-ec2";
import type { SecurityGroupIngressRuleArgs, SecurityGroupIngressRuleState } from "@pulumi/aws/vpc";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { protocolName } from "../spellings";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { retag, taggedAs } from "./tagging";

const ends = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;

/** An inbound rule of a security group. */
export const securityGroupIngressRule = ruleType(
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "ingress",
);

/** An outbound rule of a security group. */
export const securityGroupEgressRule = ruleType(
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "egress",
);

/** Both directions have the same properties, which change in place, except the group. */
function ruleType(
  token: string,
  direction: "ingress" | "egress",
): ResourceType<SecurityGroupIngressRuleArgs> {
  return {
    token,
    properties: {
      cidrIpv4: {},
      cidrIpv6: {},
      description: {},
      fromPort: {},
      ipProtocol: { required: true, spelling: protocolName },
      prefixListId: {},
      referencedSecurityGroupId: {},
      securityGroupId: { required: true, replace: true },
      tags: {},
      toPort: {},
    },
    check: (inputs) => {
      const given = ends.filter((end) => inputs[end] !== undefined);
      if (given.length === 1) return [];
      const reason = `exactly one of ${ends.join(", ")}, not ${given.length === 0 ? "none" : given.join(" and ")}`;
      return [{ property: given[1] ?? "cidrIpv4", reason }];
    },
    async create(aws, inputs) {
      const ec2 = await aws.ec2();
      const request = {
        GroupId: reading<SecurityGroupIngressRuleArgs>(inputs).requiredString("securityGroupId"),
        IpPermissions: [permission(inputs)],
        ...taggedAs("security-group-rule", inputs),
      };
      const { SecurityGroupRules } = await (direction === "egress"
        ? ec2.authorizeSecurityGroupEgress(request)
        : ec2.authorizeSecurityGroupIngress(request));
      return {
        id: sent(SecurityGroupRules?.[0]?.SecurityGroupRuleId, "SecurityGroupRules.SecurityGroupRuleId"),
      };
    },
    async read(aws, id) {
      const found = await find(aws, id);
      if (found === undefined) return undefined;
      return present({
        arn: found.SecurityGroupRuleArn,
        cidrIpv4: found.CidrIpv4,
        cidrIpv6: found.CidrIpv6,
        description: found.Description === "" ? undefined : found.Description,
        fromPort: port(found.FromPort),
        ipProtocol: found.IpProtocol,
        prefixListId: found.PrefixListId,
        referencedSecurityGroupId: found.ReferencedGroupInfo?.GroupId,
        securityGroupId: found.GroupId,
        securityGroupRuleId: id,
        toPort: port(found.ToPort),
        ...tagProperties(found.Tags),
      } satisfies Known<SecurityGroupIngressRuleState>);
    },
    async update(aws, change) {
      if ([...change.changed].some((name) => name !== "tags")) {
        const from = reading<SecurityGroupIngressRuleArgs>(change.new);
        const ec2 = await aws.ec2();
        await ec2.modifySecurityGroupRules({
          GroupId: from.requiredString("securityGroupId"),
          SecurityGroupRules: [
            {
              SecurityGroupRuleId: change.id,
              SecurityGroupRule: {
                CidrIpv4: from.string("cidrIpv4"),
                CidrIpv6: from.string("cidrIpv6"),
                Description: from.string("description"),
                FromPort: from.number("fromPort"),
                IpProtocol: from.requiredString("ipProtocol"),
                PrefixListId: from.string("prefixListId"),
                ReferencedGroupId: from.string("referencedSecurityGroupId"),
                ToPort: from.number("toPort"),
              },
            },
          ],
        });
      }
      await retag(aws, change);
    },
    async delete(aws, id, state) {
      const ec2 = await aws.ec2();
      const request = {
        GroupId: reading<SecurityGroupIngressRuleArgs>(state).requiredString("securityGroupId"),
        SecurityGroupRuleIds: [id],
      };
      await unlessGone<unknown>(
        direction === "egress"
          ? ec2.revokeSecurityGroupEgress(request)
          : ec2.revokeSecurityGroupIngress(request),
        "InvalidSecurityGroupRuleId.NotFound",
        "InvalidPermission.NotFound",
        "InvalidGroup.NotFound",
      );
    },
  };
}

function permission(inputs: Properties): IpPermission {
  const from = reading<SecurityGroupIngressRuleArgs>(inputs);
  const Description = from.string("description");
  const CidrIp = from.string("cidrIpv4");
  const CidrIpv6 = from.string("cidrIpv6");
  const PrefixListId = from.string("prefixListId");
  const GroupId = from.string("referencedSecurityGroupId");
  return {
    FromPort: from.number("fromPort"),
    IpProtocol: from.requiredString("ipProtocol"),
    ToPort: from.number("toPort"),
    ...(CidrIp === undefined ? {} : { IpRanges: [{ CidrIp, Description }] }),
    ...(CidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6, Description }] }),
    ...(PrefixListId === undefined ? {} : { PrefixListIds: [{ PrefixListId, Description }] }),
    ...(GroupId === undefined ? {} : { UserIdGroupPairs: [{ GroupId, Description }] }),
  };
}

async function find(aws: AwsClients, id: string): Promise<SecurityGroupRule | undefined> {
  const ec2 = await aws.ec2();
  const answer = await unlessGone(
    ec2.describeSecurityGroupRules({ SecurityGroupRuleIds: [id] }),
    "InvalidSecurityGroupRuleId.NotFound",
  );
  return answer?.SecurityGroupRules?.[0];
}

/** AWS returns -1 for "all ports", which the program expresses by omitting the property. */
function port(number: number | undefined): number | undefined {
  return number === -1 ? undefined : number;
}
