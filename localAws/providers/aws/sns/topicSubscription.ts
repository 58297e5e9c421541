import type { TopicSubscriptionArgs, TopicSubscriptionState } from "@pulumi/aws/sns";

import { among, fromAttributes, toAttributes, type Attribute } from "../attributes";
import { sent, unlessGone } from "../gone";
import type { CheckFailure, Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** Source: SNS API reference, SetSubscriptionAttributes. */
const attributes: readonly Attribute<TopicSubscriptionArgs>[] = [
  { property: "filterPolicy", key: "FilterPolicy", default: "" },
  { property: "filterPolicyScope", key: "FilterPolicyScope", default: "MessageAttributes" },
  { property: "rawMessageDelivery", key: "RawMessageDelivery", default: false },
  { property: "redrivePolicy", key: "RedrivePolicy", default: "" },
];

const protocols = ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"];

/** A subscription of a topic. Its id is its ARN. */
export const topicSubscription: ResourceType<TopicSubscriptionArgs> = {
  token: "aws:sns/topicSubscription:TopicSubscription",
  properties: {
    confirmationTimeoutInMinutes: { default: 1, notReadable: true },
    endpoint: { required: true, replace: true },
    endpointAutoConfirms: { default: false, notReadable: true },
    filterPolicy: { json: true },
    filterPolicyScope: { computed: true },
    protocol: { required: true, replace: true },
    rawMessageDelivery: { default: false },
    redrivePolicy: { json: true },
    topic: { required: true, replace: true },
  },
  check: checkSubscription,
  async create(aws, inputs) {
    const from = reading<TopicSubscriptionArgs>(inputs);
    const { SubscriptionArn } = await (
      await aws.sns()
    ).subscribe({
      Attributes: toAttributes(among(attributes, givenOf(inputs)), inputs),
      Endpoint: from.requiredString("endpoint"),
      Protocol: from.requiredString("protocol"),
      // Even while the confirmation is pending.
      ReturnSubscriptionArn: true,
      TopicArn: from.requiredString("topic"),
    });
    return { id: sent(SubscriptionArn, "SubscriptionArn") };
  },
  async read(aws, id) {
    const found = await unlessGone(
      (await aws.sns()).getSubscriptionAttributes({ SubscriptionArn: id }),
      "NotFoundException",
    );
    if (found === undefined) return undefined;
    const values = found.Attributes ?? {};
    return present({
      ...fromAttributes(attributes, values),
      arn: id,
      confirmationWasAuthenticated: values["ConfirmationWasAuthenticated"] === "true",
      endpoint: values["Endpoint"],
      ownerId: values["Owner"],
      pendingConfirmation: values["PendingConfirmation"] === "true",
      protocol: values["Protocol"],
      topic: values["TopicArn"],
    } satisfies Known<TopicSubscriptionState>);
  },
  async update(aws, { id, new: inputs, changed }) {
    const sns = await aws.sns();
    const values = toAttributes(among(attributes, changed), inputs);
    for (const [AttributeName, AttributeValue] of Object.entries(values)) {
      await sns.setSubscriptionAttributes({ SubscriptionArn: id, AttributeName, AttributeValue });
    }
  },
  async delete(aws, id) {
    await unlessGone((await aws.sns()).unsubscribe({ SubscriptionArn: id }), "NotFoundException");
  },
};

/** Only the program's attributes: SNS refuses attributes of another protocol, even with their defaults. */
function givenOf(inputs: Properties): ReadonlySet<string> {
  return new Set(Object.keys(inputs).filter((name) => inputs[name] !== false));
}

/** Values that SNS refuses. Source: SNS API reference, Subscribe. */
function checkSubscription(inputs: Properties): readonly CheckFailure[] {
  const protocol = reading<TopicSubscriptionArgs>(inputs).requiredString("protocol");
  if (protocols.includes(protocol)) return [];
  return [{ property: "protocol", reason: `${protocol} - allowed: ${protocols.join(", ")}` }];
}
