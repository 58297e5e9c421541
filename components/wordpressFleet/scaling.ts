import * as aws from "@pulumi/aws";

import type { FleetScope } from "./scope";
import type { Sizing } from "./sizing";

/** Sizes by the clock: each sets the group's bounds and number until the next one does. */
export function createSchedules(
  { name, parent }: FleetScope,
  { schedules }: Sizing,
  group: aws.autoscaling.Group,
): readonly aws.autoscaling.Schedule[] {
  return schedules.map(
    (schedule) =>
      new aws.autoscaling.Schedule(
        `${name}-${schedule.name}`,
        {
          autoscalingGroupName: group.name,
          scheduledActionName: schedule.name,
          recurrence: schedule.recurrence,
          timeZone: schedule.timeZone,
          minSize: schedule.min,
          maxSize: schedule.max,
          desiredCapacity: schedule.desired,
        },
        { parent },
      ),
  );
}

/** Sizes by demand: AWS holds the group's average CPU use, with alarms of its own making. */
export function createTargetTracking(
  { name, parent }: FleetScope,
  { targetTracking }: Sizing,
  group: aws.autoscaling.Group,
): aws.autoscaling.Policy | undefined {
  if (targetTracking === undefined) return undefined;
  return new aws.autoscaling.Policy(
    `${name}-cpu`,
    {
      autoscalingGroupName: group.name,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
        targetValue: targetTracking.cpuPercent,
        disableScaleIn: !targetTracking.scaleIn,
      },
    },
    { parent },
  );
}
