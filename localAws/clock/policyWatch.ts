import type { AutoScalingGroup, ScalingPolicy } from "@aws-sdk/client-auto-scaling";

import type { EmulatorApi } from "../emulator";
import type { AwsClients } from "../providers/aws/clients";
import { shortened } from "./emulatedTime";
import { averageCpu, type Load } from "./load";
import { wantedCapacity } from "./targetTracking";
import { type AlarmStates, alarmStates, type Breach, isPending, observe } from "./trackingAlarms";

/** One target tracking policy with the state of its alarms. */
export interface PolicyWatch {
  /** Sets its alarms and scales its group. @returns whether a later tick may do so without any change. */
  readonly track: (group: AutoScalingGroup, load: Load | undefined, now: number) => Promise<boolean>;
}

/** AWS's default cooldown, which is the warm-up of a group without one. */
const defaultWarmUpSeconds = 300;

export function watchPolicy(
  {
    aws,
    api,
    log,
  }: { readonly aws: AwsClients; readonly api: EmulatorApi; readonly log: (line: string) => void },
  policy: ScalingPolicy,
): PolicyWatch {
  const target = policy.TargetTrackingConfiguration?.TargetValue ?? 0;
  const scaleInAllowed = policy.TargetTrackingConfiguration?.DisableScaleIn !== true;
  const highAlarm = alarmOf(policy, "AlarmHigh");
  const lowAlarm = alarmOf(policy, "AlarmLow");
  let breach: Breach | undefined;
  let states: AlarmStates = { high: "INSUFFICIENT_DATA", low: "INSUFFICIENT_DATA" };
  /** When it last scaled the group, and the time of the load that it last followed. */
  let decided = 0;
  let followed = 0;

  const setAlarms = async (next: AlarmStates) => {
    const cloudWatch = await aws.cloudWatch();
    const changed = [
      { AlarmName: highAlarm, StateValue: next.high, before: states.high },
      { AlarmName: lowAlarm, StateValue: next.low, before: states.low },
    ].filter(({ AlarmName, StateValue, before }) => AlarmName !== undefined && StateValue !== before);
    const StateReason = reasonOf(breach, target);
    for (const { AlarmName, StateValue } of changed) {
      await cloudWatch.setAlarmState({ AlarmName, StateValue, StateReason });
    }
    states = next;
  };

  const scale = async (
    group: AutoScalingGroup,
    wanted: number,
    alarm: string,
    metric: number,
    now: number,
  ) => {
    decided = now;
    const refusal = await api.scale(aws.accountId, {
      region: aws.region,
      group: group.AutoScalingGroupName ?? "",
      name: policy.PolicyName ?? "",
      sizes: { desired: wanted },
      alarm,
      metric,
    });
    const change = `${group.DesiredCapacity ?? 0} to ${wanted} servers at ${metric.toFixed(1)} % CPU`;
    log(`${group.AutoScalingGroupName ?? ""}: ${change}${refusal === undefined ? "" : `: ${refusal}`}`);
  };

  return {
    track: async (group, load, now) => {
      const capacity = group.DesiredCapacity ?? 0;
      const metric = load === undefined ? undefined : averageCpu(load, capacity);
      // A new value is as old as its load; a change of the group happens now.
      const at = load !== undefined && load.since > followed ? load.since : now;
      followed = load?.since ?? 0;
      breach = metric === undefined ? undefined : observe(breach, metric, target, at);
      await setAlarms(alarmStates(breach, now));
      if (metric === undefined || breach === undefined) return false;

      const alarm = states.high === "ALARM" ? highAlarm : states.low === "ALARM" ? lowAlarm : undefined;
      const wanted = wantedCapacity({
        capacity,
        smallest: group.MinSize ?? 0,
        largest: group.MaxSize ?? 0,
        protectedInstances: (group.Instances ?? []).filter((it) => it.ProtectedFromScaleIn === true).length,
        metric,
        target,
        scaleInAllowed,
      });
      if (alarm === undefined || wanted === capacity || isSuspended(group, "AlarmNotification")) {
        return isPending(breach, states);
      }
      const warmUpSeconds =
        policy.EstimatedInstanceWarmup ?? group.DefaultInstanceWarmup ?? defaultWarmUpSeconds;
      if (now >= decided + shortened(warmUpSeconds)) await scale(group, wanted, alarm, metric, now);
      return true;
    },
  };
}

export function isSuspended(group: AutoScalingGroup, process: string): boolean {
  return (group.SuspendedProcesses ?? []).some(({ ProcessName }) => ProcessName === process);
}

function alarmOf({ Alarms = [], AutoScalingGroupName = "" }: ScalingPolicy, kind: "AlarmHigh" | "AlarmLow") {
  const start = `TargetTracking-${AutoScalingGroupName}-${kind}-`;
  return Alarms.find(({ AlarmName }) => AlarmName?.startsWith(start) === true)?.AlarmName;
}

function reasonOf(breach: Breach | undefined, target: number): string {
  return breach === undefined
    ? "Insufficient Data: the group has no servers, or no load was put."
    : `The average is ${breach.metric.toFixed(1)} and the target ${target}.`;
}
