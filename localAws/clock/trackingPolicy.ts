import type { AutoScalingGroup, ScalingPolicy } from "@aws-sdk/client-auto-scaling";

import type { EmulatorApi } from "../emulator";
import type { AwsClients } from "../providers/aws/clients";

/** What the clock needs to scale the groups of one account in one region. */
export interface ScalingTools {
  readonly aws: AwsClients;
  readonly api: EmulatorApi;
  readonly log: (line: string) => void;
}

/** A target tracking policy. */
export interface TrackingPolicy {
  readonly name: string;
  readonly target: number;
  readonly scaleInAllowed: boolean;
  readonly highAlarm: string | undefined;
  readonly lowAlarm: string | undefined;
  readonly warmUpSeconds: (group: AutoScalingGroup) => number;
}

/** AWS's default cooldown, which is the warm-up of a group without one. */
const defaultWarmUpSeconds = 300;

export function trackingPolicyOf(policy: ScalingPolicy): TrackingPolicy {
  return {
    name: policy.PolicyName ?? "",
    target: policy.TargetTrackingConfiguration?.TargetValue ?? 0,
    scaleInAllowed: policy.TargetTrackingConfiguration?.DisableScaleIn !== true,
    highAlarm: alarmOf(policy, "AlarmHigh"),
    lowAlarm: alarmOf(policy, "AlarmLow"),
    warmUpSeconds: (group) =>
      policy.EstimatedInstanceWarmup ?? group.DefaultInstanceWarmup ?? defaultWarmUpSeconds,
  };
}

function alarmOf({ Alarms = [], AutoScalingGroupName = "" }: ScalingPolicy, kind: "AlarmHigh" | "AlarmLow") {
  const start = `TargetTracking-${AutoScalingGroupName}-${kind}-`;
  return Alarms.find(({ AlarmName }) => AlarmName?.startsWith(start) === true)?.AlarmName;
}

/** The group's numbers that a decision needs. */
export function boundsOf(group: AutoScalingGroup) {
  return {
    capacity: group.DesiredCapacity ?? 0,
    smallest: group.MinSize ?? 0,
    largest: group.MaxSize ?? 0,
    protectedInstances: (group.Instances ?? []).filter((it) => it.ProtectedFromScaleIn === true).length,
  };
}

export function isSuspended(group: AutoScalingGroup, process: string): boolean {
  return (group.SuspendedProcesses ?? []).some(({ ProcessName }) => ProcessName === process);
}

/** A change of a group's size by a policy. */
export interface TrackedChange {
  readonly wanted: number;
  /** The alarm in state ALARM. */
  readonly alarm: string;
  /** The group's average. */
  readonly metric: number;
}

export async function scaleGroup(
  { aws, api, log }: ScalingTools,
  policy: TrackingPolicy,
  group: AutoScalingGroup,
  { wanted, alarm, metric }: TrackedChange,
): Promise<void> {
  const name = group.AutoScalingGroupName ?? "";
  const refusal = await api.scale(aws.accountId, {
    region: aws.region,
    group: name,
    name: policy.name,
    sizes: { desired: wanted },
    alarm,
    metric,
  });
  const change = `${group.DesiredCapacity ?? 0} to ${wanted} servers at ${metric.toFixed(1)} % CPU`;
  log(`${name}: ${change}${refusal === undefined ? "" : `: ${refusal}`}`);
}
