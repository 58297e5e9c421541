import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import type { ZoneArgs, ZoneState } from "@pulumi/aws/route53";
import { randomUUID } from "node:crypto";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { tagChange, tagList, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { bareId, domainName } from "./names";

/** A public hosted zone. Its id is Route 53's. */
export const zone: ResourceType<ZoneArgs> = {
  token: "aws:route53/zone:Zone",
  properties: {
    comment: { default: "Managed by Pulumi" },
    forceDestroy: { default: false, notReadable: true },
    name: { required: true, replace: true, spelling: domainName },
    tags: {},
  },
  async create(aws, inputs) {
    const from = reading<ZoneArgs>(inputs);
    const { HostedZone } = await (
      await aws.route53()
    ).createHostedZone({
      CallerReference: randomUUID(),
      HostedZoneConfig: { Comment: from.string("comment") },
      Name: from.requiredString("name"),
    });
    return { id: bareId(sent(HostedZone?.Id, "HostedZone.Id")) };
  },
  async complete(aws, id, inputs) {
    const AddTags = tagList(inputs);
    if (AddTags.length === 0) return;
    await (
      await aws.route53()
    ).changeTagsForResource({ ResourceId: id, ResourceType: "hostedzone", AddTags });
  },
  async read(aws, id, prior) {
    const route53 = await aws.route53();
    const found = await unlessGone(route53.getHostedZone({ Id: id }), "NoSuchHostedZone");
    const hosted = found?.HostedZone;
    if (hosted === undefined) return undefined;
    const { ResourceTagSet } = await route53.listTagsForResource({
      ResourceId: id,
      ResourceType: "hostedzone",
    });
    const nameServers = found?.DelegationSet?.NameServers ?? [];
    const name = domainName(sent(hosted.Name, "HostedZone.Name"));
    const given = reading<ZoneArgs>(prior).string("name");
    return present({
      arn: `arn:aws:route53:::hostedzone/${id}`,
      comment: hosted.Config?.Comment,
      name: given !== undefined && domainName(given) === name ? given : name,
      nameServers,
      primaryNameServer: nameServers[0],
      zoneId: id,
      ...tagProperties(ResourceTagSet?.Tags),
    } satisfies Known<ZoneState>);
  },
  async update(aws, { id, old, new: inputs, changed }) {
    const route53 = await aws.route53();
    if (changed.has("comment")) {
      await route53.updateHostedZoneComment({
        Id: id,
        Comment: reading<ZoneArgs>(inputs).string("comment"),
      });
    }
    const { set, remove } = tagChange(old, inputs);
    if (set.length === 0 && remove.length === 0) return;
    await route53.changeTagsForResource({
      ResourceId: id,
      ResourceType: "hostedzone",
      AddTags: set.length > 0 ? set : undefined,
      RemoveTagKeys: remove.length > 0 ? remove : undefined,
    });
  },
  async delete(aws, id, state) {
    const route53 = await aws.route53();
    if ((await unlessGone(route53.getHostedZone({ Id: id }), "NoSuchHostedZone")) === undefined) return;
    if (reading<ZoneArgs>(state).boolean("forceDestroy") === true) await deleteRecords(aws, id);
    await route53.deleteHostedZone({ Id: id });
  },
};

/** AWS refuses to delete a zone with records other than its own NS and SOA records. */
async function deleteRecords(aws: AwsClients, HostedZoneId: string): Promise<void> {
  const route53 = await aws.route53();
  const { HostedZone } = await route53.getHostedZone({ Id: HostedZoneId });
  const isOwn = ({ Name, Type }: ResourceRecordSet) =>
    Name === HostedZone?.Name && (Type === "NS" || Type === "SOA");
  const { ResourceRecordSets = [] } = await route53.listResourceRecordSets({ HostedZoneId });
  const Changes = ResourceRecordSets.filter((record) => !isOwn(record)).map((record) => ({
    Action: "DELETE" as const,
    ResourceRecordSet: record,
  }));
  if (Changes.length > 0) {
    await route53.changeResourceRecordSets({ HostedZoneId, ChangeBatch: { Changes } });
  }
}
