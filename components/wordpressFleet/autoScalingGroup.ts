import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { regionOf } from "../settings/account";
import { named } from "../settings/named";
import { bootTimes } from "./bootTimes";
import { GroupSize } from "./groupSize/groupSize";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";
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
  { name, tags, parent }: FleetScope,
  settings: FleetSettings,
  sizing: Sizing,
  { launchTemplate, subnetIds, targetGroup, listeners, serverNeeds }: GroupParts,
): aws.autoscaling.Group {
  const groupName = `${name}-fleet`;
  const { graceSeconds, warmupSeconds } = bootTimes(settings);
  return new aws.autoscaling.Group(
    groupName,
    {
      minSize: sizing.minSize,
      maxSize: sizing.maxSize,
      desiredCapacity: sizing.desiredCapacity,
      vpcZoneIdentifiers: subnetIds,
      targetGroupArns: [targetGroup.arn],
      // A number, not $Latest: only then can a rollout be rolled back.
      launchTemplate: {
        id: launchTemplate.id,
        version: launchTemplate.latestVersion.apply((version) => String(version)),
      },
      // The load balancer's judgement counts, not only whether the machine runs.
      healthCheckType: "ELB",
      healthCheckGracePeriod: graceSeconds,
      defaultInstanceWarmup: warmupSeconds,
      defaultCooldown: settings.defaultCooldownSeconds,
      protectFromScaleIn: settings.scaleInProtection,
      enabledMetrics: groupMetrics,
      metricsGranularity: "1Minute",
      // FleetRollout waits instead: the provider's own wait does not ask the load balancer on an update, and wants
      // exactly the size that the state knows, which a schedule or an alarm may have changed.
      waitForCapacityTimeout: "0",
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
      ignoreChanges: [
        // Its first servers start from this version; FleetRollout brings the later ones.
        "launchTemplate",
        // They count at its creation; GroupSize changes them.
        "minSize",
        "maxSize",
        "desiredCapacity",
      ],
    },
  );
}

/** Changes the group's size when the settings change, and leaves it to schedules, load or users otherwise. */
export function createGroupSize(
  { name, parent }: FleetScope,
  { minSize, maxSize, desiredCapacity, enforced }: Sizing,
  group: aws.autoscaling.Group,
): GroupSize {
  const profile = new pulumi.Config("aws").get("profile");
  return new GroupSize(
    `${name}-fleet`,
    {
      groupName: group.name,
      minSize,
      maxSize,
      desiredCapacity,
      enforced,
      region: regionOf(parent),
      ...(profile === undefined ? {} : { profile }),
    },
    { parent },
  );
}
