import type { QueueArgs, QueueState } from "@pulumi/aws/sqs";

import { among, fromAttributes, toAttributes, type Attribute } from "../attributes";
import { sent, unlessGone } from "../gone";
import { outOfRange } from "../range";
import type { CheckFailure, Properties, ResourceType } from "../resourceType";
import { newTagMap, tagChange, tagMap } from "../tags";
import { present, reading, type Known } from "../values";

/** Source: SQS API reference, SetQueueAttributes. */
const attributes: readonly Attribute<QueueArgs>[] = [
  { property: "delaySeconds", key: "DelaySeconds", default: 0 },
  { property: "kmsMasterKeyId", key: "KmsMasterKeyId", default: "" },
  { property: "maxMessageSize", key: "MaximumMessageSize", default: 262_144 },
  { property: "messageRetentionSeconds", key: "MessageRetentionPeriod", default: 345_600 },
  { property: "policy", key: "Policy", default: "" },
  { property: "receiveWaitTimeSeconds", key: "ReceiveMessageWaitTimeSeconds", default: 0 },
  { property: "redriveAllowPolicy", key: "RedriveAllowPolicy", default: "" },
  { property: "redrivePolicy", key: "RedrivePolicy", default: "" },
  { property: "sqsManagedSseEnabled", key: "SqsManagedSseEnabled", default: true },
  { property: "visibilityTimeoutSeconds", key: "VisibilityTimeout", default: 30 },
];

/** A standard queue. Its id is its URL. */
export const queue: ResourceType<QueueArgs> = {
  token: "aws:sqs/queue:Queue",
  properties: {
    delaySeconds: { default: 0 },
    kmsMasterKeyId: {},
    maxMessageSize: { default: 262_144 },
    messageRetentionSeconds: { default: 345_600 },
    name: { replace: true, autoName: { maxLength: 80 } },
    policy: { computed: true, json: "policy" },
    receiveWaitTimeSeconds: { default: 0 },
    redriveAllowPolicy: { computed: true, json: true },
    redrivePolicy: { computed: true, json: true },
    sqsManagedSseEnabled: { computed: true },
    tags: {},
    visibilityTimeoutSeconds: { default: 30 },
  },
  check: checkQueue,
  async create(aws, inputs) {
    const { QueueUrl } = await (
      await aws.sqs()
    ).createQueue({
      QueueName: reading<QueueArgs>(inputs).requiredString("name"),
      Attributes: toAttributes(among(attributes, new Set(Object.keys(inputs))), inputs),
      tags: newTagMap(inputs),
    });
    return { id: sent(QueueUrl, "QueueUrl") };
  },
  async read(aws, id) {
    const sqs = await aws.sqs();
    const found = await unlessGone(
      sqs.getQueueAttributes({ QueueUrl: id, AttributeNames: ["All"] }),
      "QueueDoesNotExist",
    );
    if (found === undefined) return undefined;
    const { Tags = {} } = await sqs.listQueueTags({ QueueUrl: id });
    const values = found.Attributes ?? {};
    return present({
      ...fromAttributes(attributes, values),
      arn: values.QueueArn,
      name: id.slice(id.lastIndexOf("/") + 1),
      tags: Object.keys(Tags).length === 0 ? undefined : Tags,
      tagsAll: Tags,
      url: id,
    } satisfies Known<QueueState>);
  },
  async update(aws, { id, old, new: inputs, changed }) {
    const sqs = await aws.sqs();
    const Attributes = toAttributes(among(attributes, changed), inputs);
    if (Object.keys(Attributes).length > 0) await sqs.setQueueAttributes({ QueueUrl: id, Attributes });
    const { set, remove } = tagChange(old, inputs);
    if (remove.length > 0) await sqs.untagQueue({ QueueUrl: id, TagKeys: remove });
    if (set.length > 0) await sqs.tagQueue({ QueueUrl: id, Tags: tagMap(inputs) });
  },
  async delete(aws, id) {
    await unlessGone((await aws.sqs()).deleteQueue({ QueueUrl: id }), "QueueDoesNotExist");
  },
};

const ranges = [
  { name: "delaySeconds", min: 0, max: 900, unit: "seconds" },
  { name: "maxMessageSize", min: 1024, max: 1_048_576, unit: "bytes" },
  { name: "messageRetentionSeconds", min: 60, max: 1_209_600, unit: "seconds" },
  { name: "receiveWaitTimeSeconds", min: 0, max: 20, unit: "seconds" },
  { name: "visibilityTimeoutSeconds", min: 0, max: 43_200, unit: "seconds" },
] as const;

/** Values that SQS refuses. Source: SQS API reference, CreateQueue. */
function checkQueue(inputs: Properties): readonly CheckFailure[] {
  const from = reading<QueueArgs>(inputs);
  return ranges.flatMap(({ name, ...range }) => outOfRange(name, from.number(name), range));
}
