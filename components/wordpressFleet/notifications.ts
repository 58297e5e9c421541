import * as aws from "@pulumi/aws";

import { named } from "../settings/named";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";

/**
 * The topic of the fleet's notifications and alarms, with its e-mail subscriptions.
 *
 * It is not encrypted with KMS: with the AWS managed key alias/aws/sns, neither CloudWatch nor Auto Scaling may publish,
 * and a customer managed key costs a dollar a month to hide server ids and alarm names.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function createTopic(
  { name, tags, parent }: FleetScope,
  { notificationEmails }: FleetSettings,
): aws.sns.Topic {
  const topicName = `${name}-fleet`;
  const topic = new aws.sns.Topic(
    topicName,
    { displayName: "WordPress fleet", tags: named(topicName, tags) },
    { parent },
  );
  notificationEmails.forEach((endpoint) => {
    new aws.sns.TopicSubscription(
      `${topicName}-${endpoint}`,
      { topic: topic.arn, protocol: "email", endpoint },
      { parent },
    );
  });
  return topic;
}

/** Notifications of launched and terminated servers, and of launches and terminations that failed. */
export function notifyOfServers(
  { name, parent }: FleetScope,
  group: aws.autoscaling.Group,
  topic: aws.sns.Topic,
): aws.autoscaling.Notification {
  return new aws.autoscaling.Notification(
    `${name}-fleet`,
    {
      groupNames: [group.name],
      topicArn: topic.arn,
      notifications: [
        "autoscaling:EC2_INSTANCE_LAUNCH",
        "autoscaling:EC2_INSTANCE_LAUNCH_ERROR",
        "autoscaling:EC2_INSTANCE_TERMINATE",
        "autoscaling:EC2_INSTANCE_TERMINATE_ERROR",
      ],
    },
    { parent },
  );
}
