import { scaleInShare } from "./trackingAlarms";

/** A group and its metric at the moment of a decision. */
export interface Tracked {
  /** The group's desired capacity. */
  readonly capacity: number;
  /** The servers that the metric is of: those that still warm up are not in it. */
  readonly measured: number;
  readonly smallest: number;
  readonly largest: number;
  /** Instances with scale-in protection. */
  readonly protectedInstances: number;
  /** The metric's average over the group, in the target's unit. */
  readonly metric: number;
  readonly target: number;
  readonly scaleInAllowed: boolean;
}

/**
 * The capacity that target tracking sets: proportional to the metric's distance from its target, rounded up. Servers
 * that warm up are part of what is wanted already, and nothing is scaled in before they are done.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
 */
export function wantedCapacity(group: Tracked): number {
  const { capacity, measured, smallest, largest, metric, target } = group;
  // A group without servers has no metric.
  if (capacity === 0) return 0;
  const proportional = Math.ceil((measured * metric) / target);
  if (metric > target) return Math.max(capacity, Math.min(proportional, largest));
  if (!group.scaleInAllowed || measured < capacity || metric >= target * scaleInShare) return capacity;
  return Math.min(capacity, Math.max(proportional, smallest, group.protectedInstances, 1));
}
