import type { TopicArgs, TopicState } from "@pulumi/aws/sns";

import { among, fromAttributes, toAttributes, type Attribute } from "../attributes";
import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { newTagList, tagChange, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";

/** Source: SNS API reference, SetTopicAttributes. */
const attributes: readonly Attribute<TopicArgs>[] = [
  { property: "deliveryPolicy", key: "DeliveryPolicy", default: "" },
  { property: "displayName", key: "DisplayName", default: "" },
  { property: "kmsMasterKeyId", key: "KmsMasterKeyId", default: "" },
  { property: "policy", key: "Policy", default: "" },
];

/** A standard topic. Its id is its ARN. */
export const topic: ResourceType<TopicArgs> = {
  token: "aws:sns/topic:Topic",
  properties: {
    deliveryPolicy: { json: true },
    displayName: {},
    kmsMasterKeyId: {},
    name: { replace: true, autoName: { maxLength: 256 } },
    policy: { computed: true, json: "policy" },
    tags: {},
  },
  async create(aws, inputs) {
    const { TopicArn } = await (
      await aws.sns()
    ).createTopic({
      Name: reading<TopicArgs>(inputs).requiredString("name"),
      Attributes: toAttributes(among(attributes, new Set(Object.keys(inputs))), inputs),
      Tags: newTagList(inputs),
    });
    return { id: sent(TopicArn, "TopicArn") };
  },
  async read(aws, id) {
    const sns = await aws.sns();
    const found = await unlessGone(sns.getTopicAttributes({ TopicArn: id }), "NotFoundException");
    if (found === undefined) return undefined;
    const { Tags } = await sns.listTagsForResource({ ResourceArn: id });
    return present({
      ...fromAttributes(attributes, found.Attributes ?? {}),
      arn: id,
      name: id.slice(id.lastIndexOf(":") + 1),
      owner: found.Attributes?.["Owner"],
      ...tagProperties(Tags),
    } satisfies Known<TopicState>);
  },
  async update(aws, { id, old, new: inputs, changed }) {
    const sns = await aws.sns();
    const values = toAttributes(among(attributes, changed), inputs);
    for (const [AttributeName, AttributeValue] of Object.entries(values)) {
      await sns.setTopicAttributes({ TopicArn: id, AttributeName, AttributeValue });
    }
    const { set, remove } = tagChange(old, inputs);
    if (remove.length > 0) await sns.untagResource({ ResourceArn: id, TagKeys: remove });
    if (set.length > 0) await sns.tagResource({ ResourceArn: id, Tags: set });
  },
  async delete(aws, id) {
    await unlessGone((await aws.sns()).deleteTopic({ TopicArn: id }), "NotFoundException");
  },
};
