import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { Family } from "./family";
import type { FleetSettings } from "./settings";
import type { Sizing } from "./sizing";

/** Every number that a group has of itself; those of warm pools it does not have. They are free. */
const groupMetrics: aws.autoscaling.Metric[] = [
  "GroupMinSize",
  "GroupMaxSize",
  "GroupDesiredCapacity",
  "GroupInServiceInstances",
  "GroupInServiceCapacity",
  "GroupPendingInstances",
  "GroupPendingCapacity",
  "GroupStandbyInstances",
  "GroupStandbyCapacity",
  "GroupTerminatingInstances",
  "GroupTerminatingCapacity",
  "GroupTotalInstances",
  "GroupTotalCapacity",
];

/**
 * How servers are replaced when the template changes: the new ones first, each in service before an old one
 * goes, and back to the old template when the new servers do not become healthy. AWS calls it "launch before
 * terminating". Protected servers are no exception, or the change would wait for them forever.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
 */
const instanceRefresh = {
  strategy: "Rolling",
  preferences: {
    minHealthyPercentage: 100,
    maxHealthyPercentage: 110,
    autoRollback: true,
    scaleInProtectedInstances: "Refresh",
  },
};

export interface GroupParts {
  readonly launchTemplate: aws.ec2.LaunchTemplate;
  readonly subnetIds: pulumi.Input<string[]>;
  readonly targetGroup: aws.lb.TargetGroup;
  /** Without them the target group belongs to no load balancer, and no target ever becomes healthy. */
  readonly listeners: readonly aws.lb.Listener[];
  /** What a server needs at its first boot, besides. */
  readonly serverNeeds: readonly pulumi.Resource[];
}

/**
 * The servers. On its way out the provider sets the size to 0 and takes scale-in protection away, so that
 * `destroy` ends their requests first and needs no force.
 */
export function createGroup(
  { name, tags, parent }: Family,
  settings: FleetSettings,
  sizing: Sizing,
  { launchTemplate, subnetIds, targetGroup, listeners, serverNeeds }: GroupParts,
): aws.autoscaling.Group {
  const groupName = `${name}-fleet`;
  return new aws.autoscaling.Group(
    groupName,
    {
      minSize: sizing.minSize,
      maxSize: sizing.maxSize,
      desiredCapacity: sizing.desiredCapacity,
      vpcZoneIdentifiers: subnetIds,
      targetGroupArns: [targetGroup.arn],
      // A number, not $Latest: only then does a new version start a refresh, and can one be rolled back.
      launchTemplate: {
        id: launchTemplate.id,
        version: launchTemplate.latestVersion.apply((version) => String(version)),
      },
      // The load balancer's judgement counts, not only whether the machine runs.
      healthCheckType: "ELB",
      healthCheckGracePeriod: settings.healthCheckGraceSeconds,
      defaultInstanceWarmup: settings.instanceWarmupSeconds,
      defaultCooldown: settings.defaultCooldownSeconds,
      protectFromScaleIn: settings.scaleInProtection,
      enabledMetrics: groupMetrics,
      metricsGranularity: "1Minute",
      instanceRefresh,
      // The template tags what it launches, its disks and interfaces too; these are the group's own.
      tags: Object.entries(named(groupName, tags)).map(([key, value]) => ({
        key,
        value,
        propagateAtLaunch: false,
      })),
    },
    {
      parent,
      protect: settings.loadBalancerDeletionProtection,
      dependsOn: [...listeners, ...serverNeeds],
      ignoreChanges: sizing.desiredMayMove ? ["desiredCapacity"] : [],
    },
  );
}
