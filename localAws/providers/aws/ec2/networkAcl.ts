import type { NetworkAcl } from "@aws-sdk/client-ec2";
import type { NetworkAclArgs, NetworkAclState } from "@pulumi/aws/ec2";
import { isDeepStrictEqual } from "node:util";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { tagProperties } from "../tags";
import { filled, present, reading, type Known } from "../values";
import { ec2Arn } from "./arn";
import { memberChange } from "./members";
import { associate, associationOf, defaultNetworkAclId } from "./networkAclAssociations";
import { entriesOf, entryProperties, wireEntry } from "./networkAclEntries";
import { retag, taggedAs } from "./tagging";

/** A network ACL with its entries and associated subnets. */
export const networkAcl: ResourceType<NetworkAclArgs> = {
  token: "aws:ec2/networkAcl:NetworkAcl",
  properties: {
    egress: { computed: true, set: true, nested: entryProperties },
    ingress: { computed: true, set: true, nested: entryProperties },
    subnetIds: { computed: true, set: true },
    tags: {},
    vpcId: { required: true, replace: true },
  },
  async create(aws, inputs) {
    const ec2 = await aws.ec2();
    const { NetworkAcl } = await ec2.createNetworkAcl({
      VpcId: reading<NetworkAclArgs>(inputs).requiredString("vpcId"),
      ...taggedAs("network-acl", inputs),
    });
    return { id: sent(NetworkAcl?.NetworkAclId, "NetworkAcl.NetworkAclId") };
  },
  async complete(aws, id, inputs) {
    const found = sent(await findNetworkAcl(aws, id), "NetworkAcl");
    // The entries first: a subnet must not be associated with an ACL that denies everything.
    await bringEntries(aws, id, stateOf(aws, found), inputs);
    const wanted = reading<NetworkAclArgs>(inputs).strings("subnetIds") ?? [];
    await Promise.all(wanted.map((subnetId) => associate(aws, subnetId, id)));
  },
  async read(aws, id) {
    const found = await findNetworkAcl(aws, id);
    return found === undefined ? undefined : stateOf(aws, found);
  },
  async update(aws, change) {
    const { id, old, new: inputs } = change;
    await bringEntries(aws, id, old, inputs);
    const { added, removed } = memberChange(old, inputs, "subnetIds");
    await Promise.all(added.map((subnetId) => associate(aws, subnetId, id)));
    await leave(aws, reading<NetworkAclArgs>(old).requiredString("vpcId"), id, removed);
    await retag(aws, change);
  },
  async delete(aws, id, state) {
    const from = reading<NetworkAclArgs>(state);
    await leave(aws, from.requiredString("vpcId"), id, from.strings("subnetIds") ?? []);
    const ec2 = await aws.ec2();
    await unlessGone(ec2.deleteNetworkAcl({ NetworkAclId: id }), "InvalidNetworkAclID.NotFound");
  },
};

export async function findNetworkAcl(aws: AwsClients, id: string): Promise<NetworkAcl | undefined> {
  const ec2 = await aws.ec2();
  const answer = await unlessGone(
    ec2.describeNetworkAcls({ NetworkAclIds: [id] }),
    "InvalidNetworkAclID.NotFound",
    // The emulator's error code.
    "InvalidRouteTableID.NotFound",
  );
  return answer?.NetworkAcls?.[0];
}

function stateOf(aws: AwsClients, found: NetworkAcl): Properties {
  const id = sent(found.NetworkAclId, "NetworkAclId");
  return present({
    arn: ec2Arn(aws, "network-acl", id, found.OwnerId),
    egress: entriesOf(found.Entries, true),
    ingress: entriesOf(found.Entries, false),
    ownerId: found.OwnerId,
    subnetIds: filled(found.Associations?.flatMap(({ SubnetId }) => SubnetId ?? [])),
    vpcId: found.VpcId,
    ...tagProperties(found.Tags),
  } satisfies Known<NetworkAclState>);
}

/** Direction and number identify an entry. A different entry replaces it. */
async function bringEntries(
  aws: AwsClients,
  NetworkAclId: string,
  old: Properties,
  wanted: Properties,
): Promise<void> {
  const ec2 = await aws.ec2();
  for (const direction of ["ingress", "egress"] as const) {
    const egress = direction === "egress";
    const entries = reading<NetworkAclArgs>(wanted).objects(direction);
    if (entries === undefined) continue;
    const before = byNumber(reading<NetworkAclArgs>(old).objects(direction) ?? [], egress);
    const after = byNumber(entries, egress);
    for (const [RuleNumber, entry] of after) {
      const there = before.get(RuleNumber);
      if (there === undefined) await ec2.createNetworkAclEntry({ NetworkAclId, ...entry });
      else if (!isDeepStrictEqual(there, entry)) {
        await ec2.replaceNetworkAclEntry({ NetworkAclId, ...entry });
      }
    }
    for (const RuleNumber of before.keys()) {
      if (!after.has(RuleNumber)) {
        await ec2.deleteNetworkAclEntry({ NetworkAclId, RuleNumber, Egress: egress });
      }
    }
  }
}

function byNumber(entries: readonly Properties[], egress: boolean) {
  return new Map(
    entries.map((entry) => {
      const wire = wireEntry(entry, egress);
      return [sent(wire.RuleNumber, "RuleNumber"), wire] as const;
    }),
  );
}

/** Every subnet has an ACL in AWS: subnets that leave this one return to the VPC's default. */
async function leave(
  aws: AwsClients,
  vpcId: string,
  id: string,
  subnetIds: readonly string[],
): Promise<void> {
  if (subnetIds.length === 0) return;
  const standard = await defaultNetworkAclId(aws, vpcId);
  for (const subnetId of subnetIds) {
    const association = await associationOf(aws, subnetId);
    // It may have another ACL, or no longer exist.
    if (association?.NetworkAclId === id) await associate(aws, subnetId, standard);
  }
}
