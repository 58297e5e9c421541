import type { Instance as GroupInstance } from "@aws-sdk/client-auto-scaling";
import type { Instance, InstanceStatus } from "@aws-sdk/client-ec2";
import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";

import type { Answers } from "./answers";
import type { Group, OtherServer, Server, Target } from "./page";

export function groupOf({ group }: Answers): Group | null {
  if (group === undefined) return null;
  return {
    name: group.AutoScalingGroupName ?? "",
    min: group.MinSize ?? 0,
    desired: group.DesiredCapacity ?? 0,
    max: group.MaxSize ?? 0,
    zones: [...(group.AvailabilityZones ?? [])].sort(),
    healthCheckType: group.HealthCheckType ?? "EC2",
    graceSeconds: group.HealthCheckGracePeriod ?? 0,
    cooldownSeconds: group.DefaultCooldown ?? 0,
    warmupSeconds: group.DefaultInstanceWarmup ?? null,
    suspended: (group.SuspendedProcesses ?? []).flatMap(({ ProcessName }) => ProcessName ?? []).sort(),
  };
}

/** The servers of the group, and those that left it and still drain or shut down. By zone, then by age. */
export function serversOf(answers: Answers): readonly Server[] {
  const instances = new Map(answers.instances.map((instance) => [instance.InstanceId ?? "", instance]));
  const targets = new Map(answers.targets.map((target) => [target.Target?.Id ?? "", target]));
  const statuses = new Map(answers.statuses.map((status) => [status.InstanceId ?? "", status]));
  const members = new Map(
    (answers.group?.Instances ?? []).map((member) => [member.InstanceId ?? "", member]),
  );
  const leaving = answers.instances.filter(
    (instance) => isOfGroup(instance, answers.group?.AutoScalingGroupName) && !hasEnded(instance),
  );
  const ids = new Set([...members.keys(), ...leaving.map(({ InstanceId }) => InstanceId ?? "")]);
  return [...ids]
    .map((id) => serverOf(id, members.get(id), instances.get(id), targets.get(id), statuses.get(id)))
    .sort(byZoneAndAge);
}

/** The other instances of the VPC that have not ended. */
export function othersOf({ instances, group }: Answers): readonly OtherServer[] {
  const members = new Set((group?.Instances ?? []).map(({ InstanceId }) => InstanceId));
  return instances
    .filter((instance) => !members.has(instance.InstanceId) && !hasEnded(instance))
    .filter((instance) => !isOfGroup(instance, group?.AutoScalingGroupName))
    .map((instance) => ({
      id: instance.InstanceId ?? "",
      name: tagOf(instance, "Name"),
      zone: instance.Placement?.AvailabilityZone ?? "",
      type: instance.InstanceType ?? "",
      state: instance.State?.Name ?? "unknown",
      launchedAt: instance.LaunchTime?.getTime() ?? null,
    }))
    .sort(byZoneAndAge);
}

function serverOf(
  id: string,
  member: GroupInstance | undefined,
  instance: Instance | undefined,
  target: TargetHealthDescription | undefined,
  status: InstanceStatus | undefined,
): Server {
  const checks =
    status === undefined
      ? null
      : {
          instance: status.InstanceStatus?.Status ?? "unknown",
          system: status.SystemStatus?.Status ?? "unknown",
        };
  return {
    id,
    name: instance === undefined ? null : tagOf(instance, "Name"),
    zone: member?.AvailabilityZone ?? instance?.Placement?.AvailabilityZone ?? "",
    type: member?.InstanceType ?? instance?.InstanceType ?? "",
    privateIp: instance?.PrivateIpAddress ?? null,
    imageId: instance?.ImageId ?? null,
    templateVersion: member?.LaunchTemplate?.Version ?? null,
    launchedAt: instance?.LaunchTime?.getTime() ?? null,
    state: instance?.State?.Name ?? "unknown",
    lifecycle: member?.LifecycleState ?? "not in the group",
    health: member?.HealthStatus ?? "unknown",
    protectedFromScaleIn: member?.ProtectedFromScaleIn ?? false,
    target: target === undefined ? null : targetOf(target),
    checks,
  };
}

function targetOf({ TargetHealth }: TargetHealthDescription): Target {
  return {
    state: TargetHealth?.State ?? "unavailable",
    reason: TargetHealth?.Reason ?? null,
    description: TargetHealth?.Description ?? null,
  };
}

function tagOf({ Tags = [] }: Instance, key: string): string | null {
  return Tags.find(({ Key }) => Key === key)?.Value ?? null;
}

/** Auto Scaling sets this tag, and keeps it when an instance leaves its group to end. */
function isOfGroup(instance: Instance, groupName: string | undefined): boolean {
  return groupName !== undefined && tagOf(instance, "aws:autoscaling:groupName") === groupName;
}

function hasEnded({ State }: Instance): boolean {
  return State?.Name === "terminated";
}

interface Placed {
  readonly zone: string;
  readonly launchedAt: number | null;
  readonly id: string;
}

function byZoneAndAge(one: Placed, other: Placed): number {
  return (
    one.zone.localeCompare(other.zone) ||
    (one.launchedAt ?? 0) - (other.launchedAt ?? 0) ||
    one.id.localeCompare(other.id)
  );
}
