import type { AutoScalingGroup, ScalingPolicy } from "@aws-sdk/client-auto-scaling";

import type { AlarmValue } from "./alarmWatch";
import { wantedCapacity } from "./targetTracking";
import { boundsOf, isSuspended, scaleGroup, type ScalingTools, trackingPolicyOf } from "./trackingPolicy";

/** What is known of a group whose servers are machines. */
export interface Measurement {
  readonly now: number;
  readonly secondsPerMinute: number;
  /** Since when each server counts in the group's metrics: those in service whose warm-up has ended. */
  readonly measuredSince: readonly number[];
  /** The latest value of an alarm. */
  readonly alarm: (name: string) => AlarmValue | undefined;
}

/** One target tracking policy of a group whose servers are machines. */
export interface MeasuredPolicy {
  /** Scales the group while one of the policy's alarms is in state ALARM. */
  readonly track: (group: AutoScalingGroup, measurement: Measurement) => Promise<void>;
}

export function watchMeasuredPolicy(tools: ScalingTools, scalingPolicy: ScalingPolicy): MeasuredPolicy {
  const policy = trackingPolicyOf(scalingPolicy);
  const { target, scaleInAllowed } = policy;
  let scaledInAt = -Infinity;

  return {
    track: async (group, { now, secondsPerMinute, measuredSince, alarm }) => {
      if (isSuspended(group, "AlarmNotification")) return;
      const found = [policy.highAlarm, policy.lowAlarm]
        .map((name) => ({ name, value: name === undefined ? undefined : alarm(name) }))
        .find(({ value }) => value?.state === "ALARM");
      const newest = found?.value?.newest;
      if (found?.name === undefined || newest === undefined) return;

      const bounds = boundsOf(group);
      const metric = newest.value;
      // The metric is of the servers that counted when it was measured.
      const measured = measuredSince.filter((since) => since <= newest.at).length;
      const wanted = wantedCapacity({ ...bounds, measured, metric, target, scaleInAllowed });
      const scalesIn = wanted < bounds.capacity;
      const warmUp = policy.warmUpSeconds(group) * 1000 * (secondsPerMinute / 60);
      // The low datapoints of before a scale-in say nothing of the servers that are left.
      if (wanted === bounds.capacity || (scalesIn && now < scaledInAt + warmUp)) return;
      if (scalesIn) scaledInAt = now;
      await scaleGroup(tools, policy, group, { wanted, alarm: found.name, metric });
    },
  };
}
