import type { QueuePolicyArgs, QueuePolicyState } from "@pulumi/aws/sqs";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** The resource policy of a queue. Its id is the queue's URL. */
export const queuePolicy: ResourceType<QueuePolicyArgs> = {
  token: "aws:sqs/queuePolicy:QueuePolicy",
  properties: {
    policy: { required: true, json: "policy" },
    queueUrl: { required: true, replace: true },
  },
  async create(aws, inputs) {
    const QueueUrl = reading<QueuePolicyArgs>(inputs).requiredString("queueUrl");
    await put(aws, QueueUrl, inputs);
    return { id: QueueUrl };
  },
  async read(aws, id) {
    const found = await unlessGone(
      (await aws.sqs()).getQueueAttributes({ QueueUrl: id, AttributeNames: ["Policy"] }),
      "QueueDoesNotExist",
    );
    const policy = found?.Attributes?.Policy ?? "";
    if (policy === "") return undefined;
    return present({ policy, queueUrl: id } satisfies Known<QueuePolicyState>);
  },
  async update(aws, { id, new: inputs }) {
    await put(aws, id, inputs);
  },
  async delete(aws, id) {
    await unlessGone(
      (await aws.sqs()).setQueueAttributes({ QueueUrl: id, Attributes: { Policy: "" } }),
      "QueueDoesNotExist",
    );
  },
};

async function put(aws: AwsClients, QueueUrl: string, inputs: Properties): Promise<void> {
  const Policy = reading<QueuePolicyArgs>(inputs).requiredJson("policy");
  await (await aws.sqs()).setQueueAttributes({ QueueUrl, Attributes: { Policy } });
}
