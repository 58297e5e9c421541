import type { StateValue } from "@aws-sdk/client-cloudwatch";

import { shortenedMinutes } from "./emulatedTime";

/** Since when the metric is above its target, or below 90 % of it; times are epoch milliseconds. */
export interface Breach {
  readonly metric: number;
  readonly above?: number;
  readonly below?: number;
}

/** The states of the two alarms that target tracking creates. */
export interface AlarmStates {
  readonly high: StateValue;
  readonly low: StateValue;
}

/** AWS scales in only below 90 % of the target, so that a group does not oscillate. */
export const scaleInShare = 0.9;

/** Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html */
const highMinutes = 3;
const lowMinutes = 15;

/** The breach after a new value: it continues while the metric stays on the same side. */
export function observe(before: Breach | undefined, metric: number, target: number, at: number): Breach {
  if (metric > target) return { metric, above: before?.above ?? at };
  if (metric < target * scaleInShare) return { metric, below: before?.below ?? at };
  return { metric };
}

/** An alarm requires that all its datapoints breach: 3 minutes to scale out, 15 to scale in. */
export function alarmStates(breach: Breach | undefined, now: number): AlarmStates {
  if (breach === undefined) return { high: "INSUFFICIENT_DATA", low: "INSUFFICIENT_DATA" };
  return {
    high: lasted(breach.above, highMinutes, now) ? "ALARM" : "OK",
    low: lasted(breach.below, lowMinutes, now) ? "ALARM" : "OK",
  };
}

function lasted(since: number | undefined, minutes: number, now: number): boolean {
  return since !== undefined && now - since >= shortenedMinutes(minutes);
}

/** Whether an alarm's state will change without another value. */
export function isPending({ above, below }: Breach, { high, low }: AlarmStates): boolean {
  return (above !== undefined && high !== "ALARM") || (below !== undefined && low !== "ALARM");
}
