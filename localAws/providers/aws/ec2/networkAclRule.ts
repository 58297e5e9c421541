import type { NetworkAclEntry } from "@aws-sdk/client-ec2";
import type { NetworkAclRuleArgs, NetworkAclRuleState } from "@pulumi/aws/ec2";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { lowerCase, protocolNumber } from "../spellings";
import { present, reading, type Known } from "../values";
import { findNetworkAcl } from "./networkAcl";
import { wireEntry } from "./networkAclEntries";

/** An entry of a network ACL as a separate resource. It has no id in AWS; ours consists of ACL, direction and number. */
export const networkAclRule: ResourceType<NetworkAclRuleArgs> = {
  token: "aws:ec2/networkAclRule:NetworkAclRule",
  properties: {
    cidrBlock: { replace: true },
    egress: { replace: true, default: false },
    fromPort: { replace: true },
    icmpCode: { replace: true },
    icmpType: { replace: true },
    ipv6CidrBlock: { replace: true },
    networkAclId: { required: true, replace: true },
    protocol: { required: true, replace: true, spelling: protocolNumber },
    ruleAction: { required: true, replace: true, spelling: lowerCase },
    ruleNumber: { required: true, replace: true },
    toPort: { replace: true },
  },
  check: ({ cidrBlock, ipv6CidrBlock }) =>
    (cidrBlock === undefined) !== (ipv6CidrBlock === undefined)
      ? []
      : [{ property: "cidrBlock", reason: "exactly one of cidrBlock, ipv6CidrBlock" }],
  async create(aws, inputs) {
    const { NetworkAclId, RuleNumber, Egress } = keyOf(inputs);
    const { fromPort = 0, toPort = 0, ruleAction = "", ruleNumber = 0 } = inputs;
    const ec2 = await aws.ec2();
    await ec2.createNetworkAclEntry({
      NetworkAclId,
      ...wireEntry({ ...inputs, fromPort, toPort, action: ruleAction, ruleNo: ruleNumber }, Egress),
    });
    return { id: idOf({ NetworkAclId, RuleNumber, Egress }) };
  },
  async read(aws, _id, prior) {
    const key = keyOf(prior);
    const found = await find(aws, key);
    if (found === undefined) return undefined;
    return present({
      cidrBlock: found.CidrBlock,
      egress: found.Egress,
      fromPort: found.PortRange?.From,
      icmpCode: found.IcmpTypeCode?.Code,
      icmpType: found.IcmpTypeCode?.Type,
      ipv6CidrBlock: found.Ipv6CidrBlock,
      networkAclId: key.NetworkAclId,
      protocol: found.Protocol,
      ruleAction: found.RuleAction,
      ruleNumber: found.RuleNumber,
      toPort: found.PortRange?.To,
    } satisfies Known<NetworkAclRuleState>);
  },
  /** Import id: `acl-1:100:tcp:false` (ACL, number, protocol, egress). */
  imported(_aws, id) {
    const [networkAclId = "", ruleNumber, protocol, egress] = id.split(":");
    if (ruleNumber === undefined || protocol === undefined || egress === undefined)
      return Promise.resolve(undefined);
    const prior = { networkAclId, ruleNumber: Number(ruleNumber), protocol, egress: egress === "true" };
    return Promise.resolve({ id: idOf(keyOf(prior)), prior });
  },
  async delete(aws, _id, state) {
    const key = keyOf(state);
    if ((await find(aws, key)) === undefined) return;
    const ec2 = await aws.ec2();
    await unlessGone(ec2.deleteNetworkAclEntry(key), "InvalidNetworkAclEntry.NotFound");
  },
};

function idOf({ NetworkAclId, RuleNumber, Egress }: Key): string {
  return `nacl-${NetworkAclId}-${Egress ? "egress" : "ingress"}-${RuleNumber}`;
}

interface Key {
  readonly NetworkAclId: string;
  readonly RuleNumber: number;
  readonly Egress: boolean;
}

function keyOf(properties: Properties): Key {
  const from = reading<NetworkAclRuleArgs>(properties);
  return {
    NetworkAclId: from.requiredString("networkAclId"),
    RuleNumber: from.requiredNumber("ruleNumber"),
    Egress: from.boolean("egress") ?? false,
  };
}

async function find(aws: AwsClients, key: Key): Promise<NetworkAclEntry | undefined> {
  const acl = await findNetworkAcl(aws, key.NetworkAclId);
  return acl?.Entries?.find(
    ({ RuleNumber, Egress }) => RuleNumber === key.RuleNumber && Egress === key.Egress,
  );
}
