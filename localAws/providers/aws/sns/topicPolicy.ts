import type { TopicPolicyArgs, TopicPolicyState } from "@pulumi/aws/sns";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** The resource policy of a topic. Its id is the topic's ARN. */
export const topicPolicy: ResourceType<TopicPolicyArgs> = {
  token: "aws:sns/topicPolicy:TopicPolicy",
  properties: {
    arn: { required: true, replace: true },
    policy: { required: true, json: "policy" },
  },
  async create(aws, inputs) {
    const arn = reading<TopicPolicyArgs>(inputs).requiredString("arn");
    await put(aws, arn, reading<TopicPolicyArgs>(inputs).requiredJson("policy"));
    return { id: arn };
  },
  async read(aws, id) {
    const found = await unlessGone(
      (await aws.sns()).getTopicAttributes({ TopicArn: id }),
      "NotFoundException",
    );
    if (found === undefined) return undefined;
    const { Policy, Owner } = found.Attributes ?? {};
    return present({ arn: id, owner: Owner, policy: Policy } satisfies Known<TopicPolicyState>);
  },
  async update(aws, { id, new: inputs }) {
    await put(aws, id, reading<TopicPolicyArgs>(inputs).requiredJson("policy"));
  },
  async delete(aws, id, state) {
    // A topic always has a policy. The default one allows only its owner.
    await unlessGone(put(aws, id, JSON.stringify(ownersPolicy(id, state))), "NotFoundException");
  },
};

async function put(aws: AwsClients, TopicArn: string, AttributeValue: string): Promise<void> {
  await (await aws.sns()).setTopicAttributes({ TopicArn, AttributeName: "Policy", AttributeValue });
}

/** SNS's default policy. Source: the official provider, which restores it. */
function ownersPolicy(arn: string, state: Properties) {
  return {
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: arn,
        Condition: {
          StringEquals: { "AWS:SourceOwner": reading<TopicPolicyState>(state).string("owner") },
        },
      },
    ],
  };
}
