import type { NotificationConfiguration } from "@aws-sdk/client-auto-scaling";
import type { NotificationArgs, NotificationState } from "@pulumi/aws/autoscaling";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** Notifications about launched and terminated servers. Its id is the topic's ARN; the state has the groups. */
export const notification: ResourceType<NotificationArgs> = {
  token: "aws:autoscaling/notification:Notification",
  properties: {
    groupNames: { required: true, set: true },
    notifications: { required: true, set: true },
    topicArn: { required: true, replace: true },
  },
  async create(aws, inputs) {
    await put(aws, inputs);
    return { id: reading<NotificationArgs>(inputs).requiredString("topicArn") };
  },
  async read(aws, id, prior) {
    const found = await find(aws, id, groupsOf(prior));
    if (found.length === 0) return undefined;
    return present({
      groupNames: distinct(found.map(({ AutoScalingGroupName }) => AutoScalingGroupName)),
      notifications: distinct(found.map(({ NotificationType }) => NotificationType)),
      topicArn: id,
    } satisfies Known<NotificationState>);
  },
  async update(aws, { id, old, new: inputs }) {
    const kept = groupsOf(inputs);
    await remove(
      aws,
      id,
      groupsOf(old).filter((name) => !kept.includes(name)),
    );
    await put(aws, inputs);
  },
  async delete(aws, id, state) {
    await remove(aws, id, groupsOf(state));
  },
};

function groupsOf(properties: Properties): string[] {
  return reading<NotificationArgs>(properties).strings("groupNames") ?? [];
}

async function put(aws: AwsClients, inputs: Properties): Promise<void> {
  const from = reading<NotificationArgs>(inputs);
  const autoScaling = await aws.autoScaling();
  for (const AutoScalingGroupName of from.requiredStrings("groupNames")) {
    await autoScaling.putNotificationConfiguration({
      AutoScalingGroupName,
      NotificationTypes: from.requiredStrings("notifications"),
      TopicARN: from.requiredString("topicArn"),
    });
  }
}

async function remove(aws: AwsClients, TopicARN: string, groups: readonly string[]): Promise<void> {
  const autoScaling = await aws.autoScaling();
  for (const AutoScalingGroupName of groups) {
    // AWS deletes notifications with their group. Auto Scaling then returns a validation error.
    await unlessGone(
      autoScaling.deleteNotificationConfiguration({ AutoScalingGroupName, TopicARN }),
      "ValidationError",
    );
  }
}

async function find(
  aws: AwsClients,
  topicArn: string,
  groups: string[],
): Promise<NotificationConfiguration[]> {
  if (groups.length === 0) return [];
  const answer = await unlessGone(
    (await aws.autoScaling()).describeNotificationConfigurations({ AutoScalingGroupNames: groups }),
    "ValidationError",
  );
  return (answer?.NotificationConfigurations ?? []).filter(({ TopicARN }) => TopicARN === topicArn);
}

function distinct(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name !== undefined))];
}
