import type { CreateNetworkAclEntryRequest, NetworkAclEntry } from "@aws-sdk/client-ec2";
import type { types } from "@pulumi/aws";

import type { PropertyRule, Properties, PropertyValue } from "../resourceType";
import { lowerCase, protocolNumber } from "../spellings";
import { present, reading } from "../values";

type EntryArgs = types.input.ec2.NetworkAclIngress;
type NamedRule = PropertyRule<EntryArgs>["nested"];

/** The properties of an entry in a network ACL's `ingress` or `egress`. */
export const entryProperties = {
  action: { required: true, spelling: lowerCase },
  cidrBlock: {},
  fromPort: { required: true },
  icmpCode: {},
  icmpType: {},
  ipv6CidrBlock: {},
  protocol: { required: true, spelling: protocolNumber },
  ruleNo: { required: true },
  toPort: { required: true },
} as const satisfies NamedRule;

/** The number of AWS's last entry of each direction, which denies the rest and cannot change. */
const lastRuleNumbers = [32767, 32768];

/** An entry in AWS's request format. */
export function wireEntry(
  entry: Properties,
  Egress: boolean,
): Omit<CreateNetworkAclEntryRequest, "NetworkAclId"> {
  const from = reading<EntryArgs>(entry);
  const Protocol = protocolNumber(from.requiredString("protocol"));
  return {
    CidrBlock: from.string("cidrBlock"),
    Egress,
    IcmpTypeCode:
      Protocol === "1" ? { Type: from.number("icmpType"), Code: from.number("icmpCode") } : undefined,
    Ipv6CidrBlock: from.string("ipv6CidrBlock"),
    PortRange:
      Protocol === "-1" || Protocol === "1"
        ? undefined
        : { From: from.requiredNumber("fromPort"), To: from.requiredNumber("toPort") },
    Protocol,
    RuleAction: from.requiredString("action") === "deny" ? "deny" : "allow",
    RuleNumber: from.requiredNumber("ruleNo"),
  };
}

/** The entries of one direction in AWS. */
export function entriesOf(entries: readonly NetworkAclEntry[] | undefined, egress: boolean): PropertyValue[] {
  return (entries ?? [])
    .filter(({ Egress, RuleNumber }) => Egress === egress && !lastRuleNumbers.includes(RuleNumber ?? 0))
    .map((entry) => {
      return present({
        action: entry.RuleAction,
        cidrBlock: entry.CidrBlock,
        fromPort: entry.PortRange?.From ?? 0,
        icmpCode: entry.IcmpTypeCode?.Code,
        icmpType: entry.IcmpTypeCode?.Type,
        ipv6CidrBlock: entry.Ipv6CidrBlock,
        protocol: entry.Protocol,
        ruleNo: entry.RuleNumber,
        toPort: entry.PortRange?.To ?? 0,
      });
    });
}
