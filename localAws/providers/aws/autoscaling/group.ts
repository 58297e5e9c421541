import type { GroupArgs } from "@pulumi/aws/autoscaling";

import type { AwsClients } from "../clients";
import type { Change, Properties, ResourceType } from "../resourceType";
import { reading } from "../values";
import { untilCapacity } from "./capacity";
import { drain, untilGone } from "./drain";
import { checkGroup } from "./groupCheck";
import { groupProperties } from "./groupProperties";
import { readGroup } from "./groupRead";
import { changedSettings, findGroup, groupSettings, groupTags } from "./groupSettings";
import { refreshes, startRefresh } from "./instanceRefresh";

/** An Auto Scaling group. Its id is its name. */
export const group: ResourceType<GroupArgs> = {
  token: "aws:autoscaling/group:Group",
  properties: groupProperties,
  check: checkGroup,
  async create(aws, inputs) {
    const from = reading<GroupArgs>(inputs);
    const name = from.requiredString("name");
    await (
      await aws.autoScaling()
    ).createAutoScalingGroup({
      ...groupSettings(inputs),
      AutoScalingGroupName: name,
      MaxSize: from.requiredNumber("maxSize"),
      MinSize: from.requiredNumber("minSize"),
      Tags: groupTags(name, inputs),
      TargetGroupARNs: from.strings("targetGroupArns"),
    });
    return { id: name };
  },
  async complete(aws, id, inputs) {
    const from = reading<GroupArgs>(inputs);
    await changeMetrics(aws, id, {}, inputs);
    await changeProcesses(aws, id, {}, inputs);
    await untilCapacity(aws, id, inputs, from.number("waitForElbCapacity") ?? from.number("minElbCapacity"));
  },
  read: readGroup,
  async update(aws, change) {
    const { id, old, new: inputs, changed } = change;
    const autoScaling = await aws.autoScaling();
    await changeTargetGroups(aws, change);
    // Only the changed properties: scaling may have changed the size after it was read.
    const settings = changedSettings(inputs, changed);
    if (Object.keys(settings).length > 0) {
      await autoScaling.updateAutoScalingGroup({ ...settings, AutoScalingGroupName: id });
    }
    if (changed.has("tags")) await changeTags(aws, change);
    if (changed.has("enabledMetrics")) await changeMetrics(aws, id, old, inputs);
    if (changed.has("suspendedProcesses")) await changeProcesses(aws, id, old, inputs);
    if (refreshes(inputs, changed)) await startRefresh(aws, id, inputs);
    if (["minSize", "maxSize", "desiredCapacity"].some((name) => changed.has(name))) {
      await untilCapacity(aws, id, inputs, reading<GroupArgs>(inputs).number("waitForElbCapacity"));
    }
  },
  async delete(aws, id, state) {
    if ((await findGroup(aws, id)) === undefined) return;
    const forced = reading<GroupArgs>(state).boolean("forceDelete") === true;
    if (!forced) await drain(aws, id);
    const autoScaling = await aws.autoScaling();
    await autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: id, ForceDelete: forced });
    await untilGone(aws, id);
  },
};

async function changeTargetGroups(aws: AwsClients, { id, old, new: inputs }: Change): Promise<void> {
  const before = reading<GroupArgs>(old).strings("targetGroupArns") ?? [];
  const after = reading<GroupArgs>(inputs).strings("targetGroupArns") ?? [];
  const added = after.filter((arn) => !before.includes(arn));
  const removed = before.filter((arn) => !after.includes(arn));
  const autoScaling = await aws.autoScaling();
  if (added.length > 0) {
    await autoScaling.attachLoadBalancerTargetGroups({ AutoScalingGroupName: id, TargetGroupARNs: added });
  }
  if (removed.length > 0) {
    await autoScaling.detachLoadBalancerTargetGroups({ AutoScalingGroupName: id, TargetGroupARNs: removed });
  }
}

async function changeTags(aws: AwsClients, { id, old, new: inputs }: Change): Promise<void> {
  const after = groupTags(id, inputs);
  const kept = new Set(after.map(({ Key }) => Key));
  const removed = groupTags(id, old).filter(({ Key }) => !kept.has(Key));
  const autoScaling = await aws.autoScaling();
  if (removed.length > 0) await autoScaling.deleteTags({ Tags: removed });
  if (after.length > 0) await autoScaling.createOrUpdateTags({ Tags: after });
}

async function changeMetrics(
  aws: AwsClients,
  AutoScalingGroupName: string,
  old: Properties,
  inputs: Properties,
): Promise<void> {
  const before = reading<GroupArgs>(old).strings("enabledMetrics") ?? [];
  const after = reading<GroupArgs>(inputs).strings("enabledMetrics") ?? [];
  const removed = before.filter((metric) => !after.includes(metric));
  const autoScaling = await aws.autoScaling();
  if (removed.length > 0) {
    await autoScaling.disableMetricsCollection({ AutoScalingGroupName, Metrics: removed });
  }
  if (after.length > 0) {
    const Granularity = reading<GroupArgs>(inputs).string("metricsGranularity") ?? "1Minute";
    await autoScaling.enableMetricsCollection({ AutoScalingGroupName, Granularity, Metrics: after });
  }
}

async function changeProcesses(
  aws: AwsClients,
  AutoScalingGroupName: string,
  old: Properties,
  inputs: Properties,
): Promise<void> {
  const before = reading<GroupArgs>(old).strings("suspendedProcesses") ?? [];
  const after = reading<GroupArgs>(inputs).strings("suspendedProcesses") ?? [];
  const resumed = before.filter((process) => !after.includes(process));
  const autoScaling = await aws.autoScaling();
  if (resumed.length > 0) {
    await autoScaling.resumeProcesses({ AutoScalingGroupName, ScalingProcesses: resumed });
  }
  if (after.length > 0) {
    await autoScaling.suspendProcesses({ AutoScalingGroupName, ScalingProcesses: after });
  }
}
