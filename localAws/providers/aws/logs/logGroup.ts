import type { LogGroupArgs, LogGroupState } from "@pulumi/aws/cloudwatch";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { newTagMap, tagChange, tagMap } from "../tags";
import { present, reading, type Known } from "../values";

/** The retention times of CloudWatch Logs in days; 0 means no expiry. */
const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** A log group. Its id is its name. */
export const logGroup: ResourceType<LogGroupArgs> = {
  token: "aws:cloudwatch/logGroup:LogGroup",
  properties: {
    kmsKeyId: {},
    logGroupClass: { replace: true, computed: true },
    name: { replace: true, autoName: { maxLength: 512 } },
    retentionInDays: { default: 0 },
    skipDestroy: { default: false, notReadable: true },
    tags: {},
  },
  check(inputs) {
    const days = reading<LogGroupArgs>(inputs).number("retentionInDays") ?? 0;
    if (retentions.includes(days)) return [];
    return [
      { property: "retentionInDays", reason: `${String(days)} - allowed: ${retentions.join(", ")} days` },
    ];
  },
  async create(aws, inputs) {
    const from = reading<LogGroupArgs>(inputs);
    const logGroupName = from.requiredString("name");
    const given = from.string("logGroupClass");
    await (
      await aws.cloudWatchLogs()
    ).createLogGroup({
      logGroupName,
      kmsKeyId: from.string("kmsKeyId"),
      logGroupClass: given === "INFREQUENT_ACCESS" || given === "DELIVERY" ? given : undefined,
      tags: newTagMap(inputs),
    });
    return { id: logGroupName };
  },
  async complete(aws, id, inputs) {
    await setRetention(aws, id, reading<LogGroupArgs>(inputs).number("retentionInDays") ?? 0);
  },
  async read(aws, id) {
    const logs = await aws.cloudWatchLogs();
    const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: id });
    const found = logGroups.find(({ logGroupName }) => logGroupName === id);
    if (found === undefined) return undefined;
    const arn = found.arn?.replace(/:\*$/, "");
    const { tags = {} } = await logs.listTagsForResource({ resourceArn: arn });
    return present({
      arn,
      kmsKeyId: found.kmsKeyId,
      logGroupClass: found.logGroupClass ?? "STANDARD",
      name: found.logGroupName,
      retentionInDays: found.retentionInDays ?? 0,
      tags: Object.keys(tags).length === 0 ? undefined : tags,
      tagsAll: tags,
    } satisfies Known<LogGroupState>);
  },
  async update(aws, { id, old, new: inputs, changed }) {
    const from = reading<LogGroupArgs>(inputs);
    const logs = await aws.cloudWatchLogs();
    if (changed.has("retentionInDays")) {
      await setRetention(aws, id, from.number("retentionInDays") ?? 0);
    }
    if (changed.has("kmsKeyId")) {
      const kmsKeyId = from.string("kmsKeyId");
      await (kmsKeyId === undefined
        ? logs.disassociateKmsKey({ logGroupName: id })
        : logs.associateKmsKey({ logGroupName: id, kmsKeyId }));
    }
    const resourceArn = reading<LogGroupState>(old).requiredString("arn");
    const { set, remove } = tagChange(old, inputs);
    if (remove.length > 0) await logs.untagResource({ resourceArn, tagKeys: remove });
    if (set.length > 0) await logs.tagResource({ resourceArn, tags: tagMap(inputs) });
  },
  async delete(aws, id, state) {
    if (reading<LogGroupArgs>(state).boolean("skipDestroy") === true) return;
    await unlessGone(
      (await aws.cloudWatchLogs()).deleteLogGroup({ logGroupName: id }),
      "ResourceNotFoundException",
    );
  },
};

async function setRetention(aws: AwsClients, logGroupName: string, days: number): Promise<void> {
  const logs = await aws.cloudWatchLogs();
  await (days === 0
    ? logs.deleteRetentionPolicy({ logGroupName })
    : logs.putRetentionPolicy({ logGroupName, retentionInDays: days }));
}
