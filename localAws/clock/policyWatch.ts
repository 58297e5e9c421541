import type { AutoScalingGroup, ScalingPolicy } from "@aws-sdk/client-auto-scaling";

import { shortened } from "./emulatedTime";
import { averageCpu, type Load } from "./load";
import { wantedCapacity } from "./targetTracking";
import { type AlarmStates, alarmStates, type Breach, isPending, observe } from "./trackingAlarms";
import { boundsOf, isSuspended, scaleGroup, type ScalingTools, trackingPolicyOf } from "./trackingPolicy";

/** One target tracking policy with the state of its alarms, for a group whose load a user puts. */
export interface PolicyWatch {
  /** Sets its alarms and scales its group. @returns whether a later tick may do so without any change. */
  readonly track: (group: AutoScalingGroup, load: Load | undefined, now: number) => Promise<boolean>;
}

export function watchPolicy(tools: ScalingTools, scalingPolicy: ScalingPolicy): PolicyWatch {
  const policy = trackingPolicyOf(scalingPolicy);
  const { target, scaleInAllowed, highAlarm, lowAlarm } = policy;
  let breach: Breach | undefined;
  let states: AlarmStates = { high: "INSUFFICIENT_DATA", low: "INSUFFICIENT_DATA" };
  /** When it last scaled the group, and the time of the load that it last followed. */
  let decided = 0;
  let followed = 0;

  const setAlarms = async (next: AlarmStates) => {
    const cloudWatch = await tools.aws.cloudWatch();
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

  return {
    track: async (group, load, now) => {
      const bounds = boundsOf(group);
      const metric = load === undefined ? undefined : averageCpu(load, bounds.capacity);
      // A new value is as old as its load; a change of the group happens now.
      const at = load !== undefined && load.since > followed ? load.since : now;
      followed = load?.since ?? 0;
      breach = metric === undefined ? undefined : observe(breach, metric, target, at);
      await setAlarms(alarmStates(breach, now));
      if (metric === undefined || breach === undefined) return false;

      const alarm = states.high === "ALARM" ? highAlarm : states.low === "ALARM" ? lowAlarm : undefined;
      const wanted = wantedCapacity({ ...bounds, measured: bounds.capacity, metric, target, scaleInAllowed });
      if (alarm === undefined || wanted === bounds.capacity || isSuspended(group, "AlarmNotification")) {
        return isPending(breach, states);
      }
      if (now >= decided + shortened(policy.warmUpSeconds(group))) {
        decided = now;
        await scaleGroup(tools, policy, group, { wanted, alarm, metric });
      }
      return true;
    },
  };
}

function reasonOf(breach: Breach | undefined, target: number): string {
  return breach === undefined
    ? "Insufficient Data: the group has no servers, or no load was put."
    : `The average is ${breach.metric.toFixed(1)} and the target ${target}.`;
}
