import type { AutoScalingGroup, Tag, UpdateAutoScalingGroupType } from "@aws-sdk/client-auto-scaling";
import type { GroupArgs } from "@pulumi/aws/autoscaling";
import type { input } from "@pulumi/aws/types";

import type { AwsClients } from "../clients";
import type { Properties } from "../resourceType";
import { pick, reading } from "../values";

/** The parameters of both CreateAutoScalingGroup and UpdateAutoScalingGroup. */
export function groupSettings(inputs: Properties) {
  const from = reading<GroupArgs>(inputs);
  return {
    CapacityRebalance: from.boolean("capacityRebalance"),
    DefaultCooldown: from.number("defaultCooldown"),
    DefaultInstanceWarmup: from.number("defaultInstanceWarmup"),
    DesiredCapacity: from.number("desiredCapacity"),
    HealthCheckGracePeriod: from.number("healthCheckGracePeriod"),
    HealthCheckType: from.string("healthCheckType"),
    LaunchTemplate: launchTemplateOf(inputs),
    MaxInstanceLifetime: from.number("maxInstanceLifetime"),
    MaxSize: from.number("maxSize"),
    MinSize: from.number("minSize"),
    NewInstancesProtectedFromScaleIn: from.boolean("protectFromScaleIn"),
    TerminationPolicies: from.strings("terminationPolicies"),
    VPCZoneIdentifier: from.strings("vpcZoneIdentifiers")?.join(","),
  } satisfies Partial<UpdateAutoScalingGroupType>;
}

/** The changed settings for UpdateAutoScalingGroup. A removed setting has AWS's value for "none". */
export function changedSettings(inputs: Properties, changed: ReadonlySet<string>) {
  const removed = (name: keyof GroupArgs) => changed.has(name) && inputs[name] === undefined;
  const settings: Partial<UpdateAutoScalingGroupType> = {
    ...groupSettings(pick(inputs, changed)),
    ...(removed("defaultInstanceWarmup") ? { DefaultInstanceWarmup: -1 } : {}),
    ...(removed("maxInstanceLifetime") ? { MaxInstanceLifetime: 0 } : {}),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** The launch template and version of a group. */
export function launchTemplateOf(inputs: Properties) {
  const template = reading<GroupArgs>(inputs).object("launchTemplate");
  if (template === undefined) return undefined;
  const from = reading<input.autoscaling.GroupLaunchTemplate>(template);
  const id = from.string("id");
  return {
    LaunchTemplateId: id,
    LaunchTemplateName: id === undefined ? from.string("name") : undefined,
    Version: from.string("version") ?? "$Default",
  };
}

/** A group's tags in Auto Scaling's format. */
export function groupTags(groupName: string, properties: Properties) {
  const tags = reading<GroupArgs>(properties).objects("tags") ?? [];
  return tags.map((tag) => {
    const from = reading<input.autoscaling.GroupTag>(tag);
    return {
      Key: from.requiredString("key"),
      Value: from.requiredString("value"),
      PropagateAtLaunch: from.boolean("propagateAtLaunch"),
      ResourceId: groupName,
      ResourceType: "auto-scaling-group",
    } satisfies Tag;
  });
}

/** The group with this name, if it exists. */
export async function findGroup(aws: AwsClients, name: string): Promise<AutoScalingGroup | undefined> {
  const answer = await (await aws.autoScaling()).describeAutoScalingGroups({ AutoScalingGroupNames: [name] });
  return answer.AutoScalingGroups?.[0];
}
