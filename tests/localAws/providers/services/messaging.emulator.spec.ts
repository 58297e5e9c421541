import { expect } from "chai";

import { topic } from "../../../../localAws/providers/aws/sns/topic";
import { topicPolicy } from "../../../../localAws/providers/aws/sns/topicPolicy";
import { topicSubscription } from "../../../../localAws/providers/aws/sns/topicSubscription";
import { queue } from "../../../../localAws/providers/aws/sqs/queue";
import { queuePolicy } from "../../../../localAws/providers/aws/sqs/queuePolicy";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, problemsOf, refresh, textIn } from "./life";

function allow(service: string, action: string, resource: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "one", Effect: "Allow", Principal: { Service: service }, Action: action, Resource: resource },
    ],
  });
}

describe("SNS and SQS types on the emulator", () => {
  const account = emulatedAccount();

  it("manage a topic", async () => {
    const { aws } = account;
    const made = await make(aws, topic, { displayName: "Fleet", tags: { Name: "fleet" } });
    await expectInStep(aws, made);
    const changed = await change(aws, made, { displayName: "WordPress fleet", tags: { Team: "web" } });
    await expectInStep(aws, changed);
    await (
      await aws.sns()
    ).setTopicAttributes({ TopicArn: made.id, AttributeName: "DisplayName", AttributeValue: "?" });
    expect(await driftOf(aws, changed)).to.deep.equal(["displayName"]);
    await end(aws, changed);
  });

  it("manage the policy of a topic, and restore AWS's default at the end", async () => {
    const { aws } = account;
    const owner = await make(aws, topic, { name: "with-policy" });
    const made = await make(aws, topicPolicy, {
      arn: owner.id,
      policy: allow("cloudwatch.amazonaws.com", "SNS:Publish", owner.id),
    });
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      arn: owner.id,
      policy: allow("autoscaling.amazonaws.com", "SNS:Publish", owner.id),
    });
    await expectInStep(aws, changed);
    await topicPolicy.delete(aws, changed.id, changed.state);
    const after = await refresh(aws, owner);
    expect(after?.state["policy"]).to.contain("__default_policy_ID");
    await end(aws, owner);
  });

  it("manage an e-mail subscription", async () => {
    const { aws } = account;
    const owner = await make(aws, topic, { name: "mails" });
    const made = await make(aws, topicSubscription, {
      endpoint: "ops@example.com",
      protocol: "email",
      topic: owner.id,
    });
    expect(made.id).to.contain(`${owner.id}:`);
    await expectInStep(aws, made);
    expect(preview(made, { ...made.inputs, endpoint: "b@example.com" }).replaced).to.deep.equal(["endpoint"]);
    await end(aws, made);
  });

  it("manage a queue's subscription", async () => {
    const { aws } = account;
    const owner = await make(aws, topic, { name: "events" });
    const reader = await make(aws, queue, { name: "reader" });
    const inputs = { endpoint: textIn(reader, "arn"), protocol: "sqs", topic: owner.id };
    const made = await make(aws, topicSubscription, inputs);
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      ...inputs,
      filterPolicy: JSON.stringify({ kind: ["launch"] }),
      rawMessageDelivery: true,
    });
    await expectInStep(aws, changed);
    await end(aws, changed);
  });

  it("manage a queue", async () => {
    const { aws } = account;
    const dead = await make(aws, queue, { name: "dead", messageRetentionSeconds: 1_209_600 });
    const made = await make(aws, queue, { sqsManagedSseEnabled: true, tags: { Name: "results" } });
    expect(made.state["url"]).to.equal(made.id);
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      messageRetentionSeconds: 3600,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: textIn(dead, "arn"), maxReceiveCount: 3 }),
      sqsManagedSseEnabled: true,
      tags: { Team: "web" },
      visibilityTimeoutSeconds: 90,
    });
    await expectInStep(aws, changed);
    await (await aws.sqs()).setQueueAttributes({ QueueUrl: made.id, Attributes: { VisibilityTimeout: "5" } });
    expect(await driftOf(aws, changed)).to.deep.equal(["visibilityTimeoutSeconds"]);
    await end(aws, changed);
  });

  it("manage the policy of a queue", async () => {
    const { aws } = account;
    const owner = await make(aws, queue, { name: "guarded" });
    const arn = textIn(owner, "arn");
    const made = await make(aws, queuePolicy, {
      policy: allow("events.amazonaws.com", "SQS:SendMessage", arn),
      queueUrl: owner.id,
    });
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      policy: allow("sns.amazonaws.com", "SQS:SendMessage", arn),
      queueUrl: owner.id,
    });
    await expectInStep(aws, changed);
    await end(aws, changed);
    await expectInStep(aws, owner);
  });

  it("refuse everything that SNS and SQS refuses, all at once", () => {
    const problems = [
      ...problemsOf(queue, { delaySeconds: 901, messageRetentionSeconds: 30 }),
      ...problemsOf(topicSubscription, { endpoint: "x", protocol: "pigeon", topic: "arn" }),
      ...problemsOf(queue, { fifoQueue: true }),
    ];
    expect(problems.map(({ property }) => property)).to.deep.equal([
      "delaySeconds",
      "messageRetentionSeconds",
      "protocol",
      "fifoQueue",
    ]);
  });
});
