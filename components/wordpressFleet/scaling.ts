import * as aws from "@pulumi/aws";

import { utcSeconds } from "../scheduledPause/utc";
import type { FleetScope } from "./scope";
import type { Sizing } from "./sizing";

/** Scheduled scaling: each schedule sets the group's minimum, desired and maximum size until the next one runs. */
export function createSchedules(
  { name, parent }: FleetScope,
  { schedules, endsAt }: Sizing,
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
          ...(endsAt === undefined ? {} : { endTime: `${utcSeconds(endsAt)}Z` }),
        },
        { parent },
      ),
  );
}

/** Target tracking: Auto Scaling keeps the group's average CPU utilization, with alarms that it creates. */
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
