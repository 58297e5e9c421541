import type { EFS } from "@aws-sdk/client-efs";

import { isOfStack } from "../model/alarms";
import type { Answers } from "../model/answers";
import type { Readers } from "./clients";
import { metricsReader } from "./metrics";
import { loadBalancerDimension, type StackNames, type WatchedStack } from "./names";

/** How often a topic is asked about: at each tick, more seldom, or when it hardly ever changes. */
export type Frequency = "often" | "sometimes" | "seldom";

/** One question to AWS. */
export interface Topic {
  /** In a sentence: "AWS did not answer about …". */
  readonly name: string;
  readonly frequency: Frequency;
  readonly read: (known: Answers) => Promise<Partial<Answers>>;
}

/** The page shows this number of activities and of changes of alarms; one call answers 100. */
const newest = 100;

/** Every call is one that AWS's policy ReadOnlyAccess allows: Describe, Get or List. */
export function topicsOf(readers: Readers, names: WatchedStack, now: () => number): readonly Topic[] {
  const metrics = metricsReader(readers, names, now);
  return [
    ...scalingTopics(readers, names),
    ...serverTopics(readers, names),
    { name: "the alarms", frequency: "often", read: (known) => readAlarms(readers, names, known) },
    {
      name: "the metrics",
      frequency: "sometimes",
      read: async (known) => ({ metrics: await metrics(known) }),
    },
    { name: "the database", frequency: "often", read: () => readDatabase(readers, names) },
    ...placeTopics(readers, names),
  ];
}

function scalingTopics({ autoScaling }: Readers, { groupName }: StackNames): readonly Topic[] {
  const AutoScalingGroupName = groupName;
  return [
    {
      name: "the Auto Scaling group",
      frequency: "often",
      read: async () => {
        const answer = await (
          await autoScaling()
        ).describeAutoScalingGroups({ AutoScalingGroupNames: [groupName] });
        return { group: answer.AutoScalingGroups?.[0] };
      },
    },
    {
      name: "the scaling activities",
      frequency: "often",
      read: async () => {
        const answer = await (
          await autoScaling()
        ).describeScalingActivities({ AutoScalingGroupName, MaxRecords: newest });
        return { activities: answer.Activities ?? [] };
      },
    },
    {
      name: "the instance refreshes",
      frequency: "sometimes",
      read: async () => {
        const answer = await (
          await autoScaling()
        ).describeInstanceRefreshes({ AutoScalingGroupName, MaxRecords: 5 });
        return { refreshes: answer.InstanceRefreshes ?? [] };
      },
    },
    {
      name: "the scaling policies",
      frequency: "sometimes",
      read: async () => {
        const answer = await (await autoScaling()).describePolicies({ AutoScalingGroupName });
        return { policies: answer.ScalingPolicies ?? [] };
      },
    },
  ];
}

function serverTopics({ ec2, elbv2 }: Readers, { vpcId, targetGroupArn }: StackNames): readonly Topic[] {
  return [
    {
      name: "the target group's health",
      frequency: "often",
      read: async () => {
        const answer = await (await elbv2()).describeTargetHealth({ TargetGroupArn: targetGroupArn });
        return { targets: answer.TargetHealthDescriptions ?? [] };
      },
    },
    {
      name: "the instances",
      frequency: "often",
      read: async () => {
        const answer = await (
          await ec2()
        ).describeInstances({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
        return { instances: (answer.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []) };
      },
    },
    {
      name: "the instance status checks",
      frequency: "sometimes",
      read: async ({ instances }) => {
        const running = instances.filter(({ State }) => State?.Name === "running");
        const InstanceIds = running.flatMap(({ InstanceId }) => InstanceId ?? []);
        if (InstanceIds.length === 0) return { statuses: [] };
        const answer = await (await ec2()).describeInstanceStatus({ InstanceIds });
        return { statuses: answer.InstanceStatuses ?? [] };
      },
    },
  ];
}

/** The alarms of the account are asked for together: 100 of them are one call, and each of the stack's would be one. */
async function readAlarms(
  { cloudWatch }: Readers,
  { targetGroupArn, databaseId, groupName }: StackNames,
  { policies, loadBalancer }: Answers,
): Promise<Partial<Answers>> {
  const client = await cloudWatch();
  const names = new Set([
    databaseId,
    groupName,
    targetGroupArn.split(":").at(-1) ?? "",
    ...(loadBalancer === undefined ? [] : [loadBalancerDimension(loadBalancer.LoadBalancerArn ?? "")]),
  ]);
  const [all, history] = await Promise.all([
    client.describeAlarms({ AlarmTypes: ["MetricAlarm"], MaxRecords: newest }),
    client.describeAlarmHistory({ HistoryItemType: "StateUpdate", MaxRecords: newest }),
  ]);
  const alarms = (all.MetricAlarms ?? []).filter((alarm) => isOfStack(alarm, names, policies));
  return { alarms, history: history.AlarmHistoryItems ?? [] };
}

async function readDatabase({ rds }: Readers, { databaseId }: StackNames): Promise<Partial<Answers>> {
  const answer = await (await rds()).describeDBInstances({ DBInstanceIdentifier: databaseId });
  return { database: answer.DBInstances?.[0] };
}

/** What costs money and hardly ever changes. */
function placeTopics(readers: Readers, { vpcId, targetGroupArn }: StackNames): readonly Topic[] {
  const { ec2, elbv2 } = readers;
  const Filters = [{ Name: "vpc-id", Values: [vpcId] }];
  return [
    {
      name: "the load balancer",
      frequency: "seldom",
      read: async () => {
        const client = await elbv2();
        const { TargetGroups } = await client.describeTargetGroups({ TargetGroupArns: [targetGroupArn] });
        const LoadBalancerArns = TargetGroups?.[0]?.LoadBalancerArns ?? [];
        if (LoadBalancerArns.length === 0) return { targetGroup: TargetGroups?.[0], loadBalancer: undefined };
        const { LoadBalancers } = await client.describeLoadBalancers({ LoadBalancerArns });
        return { targetGroup: TargetGroups?.[0], loadBalancer: LoadBalancers?.[0] };
      },
    },
    {
      name: "the network",
      frequency: "seldom",
      read: async () => {
        const client = await ec2();
        const { NatGateways } = await client.describeNatGateways({ Filter: Filters });
        const { VpcEndpoints } = await client.describeVpcEndpoints({ Filters });
        return { natGateways: NatGateways ?? [], endpoints: VpcEndpoints ?? [] };
      },
    },
    {
      name: "images and disks",
      frequency: "seldom",
      read: async ({ instances }) => {
        const client = await ec2();
        const { Images } = await client.describeImages({ Owners: ["self"] });
        const disks = instances.flatMap(({ BlockDeviceMappings }) => BlockDeviceMappings ?? []);
        const VolumeIds = disks.flatMap(({ Ebs }) => Ebs?.VolumeId ?? []);
        if (VolumeIds.length === 0) return { images: Images ?? [] };
        const { Volumes } = await client.describeVolumes({
          Filters: [{ Name: "volume-id", Values: VolumeIds }],
        });
        return { images: Images ?? [], volumes: Volumes ?? [] };
      },
    },
    { name: "the file system", frequency: "seldom", read: () => readFileSystems(readers, vpcId) },
  ];
}

async function readFileSystems({ efs }: Readers, vpcId: string): Promise<Partial<Answers>> {
  const client = await efs();
  const { FileSystems = [] } = await client.describeFileSystems({});
  const fileSystems: { id: string; backups: boolean }[] = [];
  for (const { FileSystemId: id = "" } of FileSystems) {
    const { MountTargets = [] } = await client.describeMountTargets({ FileSystemId: id });
    if (!MountTargets.some(({ VpcId }) => VpcId === vpcId)) continue;
    fileSystems.push({ id, backups: await hasBackups(client, id) });
  }
  return { fileSystems };
}

async function hasBackups(client: EFS, FileSystemId: string): Promise<boolean> {
  try {
    const { BackupPolicy } = await client.describeBackupPolicy({ FileSystemId });
    return BackupPolicy?.Status === "ENABLED";
  } catch (error) {
    // A file system that never had a backup policy.
    if (error instanceof Error && error.name === "PolicyNotFound") return false;
    throw error;
  }
}
