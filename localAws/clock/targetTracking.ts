/** A group and its metric at the moment of a decision. */
export interface Tracked {
  /** Instances that the group wants now. */
  readonly capacity: number;
  readonly smallest: number;
  readonly largest: number;
  /** Instances that scale-in may not end. */
  readonly protectedInstances: number;
  /** The metric's average over the group, in the target's unit. */
  readonly metric: number;
  readonly target: number;
  readonly scaleInAllowed: boolean;
}

/** AWS scales in only when the metric is a tenth below its target, so that a group does not swing. */
const scaleInShare = 0.9;

/**
 * The capacity that target tracking wants: in proportion to how far the metric is off its target, rounded up.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
 */
export function wantedCapacity(group: Tracked): number {
  const { capacity, smallest, largest, metric, target } = group;
  // Without servers there is no metric to decide by.
  if (capacity === 0) return 0;
  const proportional = Math.ceil((capacity * metric) / target);
  if (metric > target) return Math.max(capacity, Math.min(proportional, largest));
  if (!group.scaleInAllowed || metric >= target * scaleInShare) return capacity;
  return Math.min(capacity, Math.max(proportional, smallest, group.protectedInstances, 1));
}
