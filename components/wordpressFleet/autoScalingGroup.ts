import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { regionOf } from "../settings/account";
import { named } from "../settings/named";
import { bootTimes } from "./bootTimes";
import { GroupSize } from "./groupSize/groupSize";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";
import type { Sizing } from "./sizing";

/** All metrics of an Auto Scaling group except those of warm pools. They are free of charge. */
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
  /** Without a listener the target group belongs to no load balancer, and no target becomes healthy. */
  readonly listeners: readonly aws.lb.Listener[];
  /** Other resources that a server needs at its first boot. */
  readonly serverNeeds: readonly pulumi.Resource[];
}

/**
 * The servers. Before the provider deletes the group, it sets the size to 0 and removes scale-in protection. So
 * `destroy` lets the servers finish their requests and does not need `forceDelete`.
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
      // A number, not $Latest: an instance refresh can only roll back to a number.
      launchTemplate: {
        id: launchTemplate.id,
        version: launchTemplate.latestVersion.apply((version) => String(version)),
      },
      // The load balancer's health checks count, not only EC2's.
      healthCheckType: "ELB",
      healthCheckGracePeriod: graceSeconds,
      defaultInstanceWarmup: warmupSeconds,
      defaultCooldown: settings.defaultCooldownSeconds,
      protectFromScaleIn: settings.scaleInProtection,
      enabledMetrics: groupMetrics,
      metricsGranularity: "1Minute",
      // FleetRollout waits instead: on an update, the provider does not wait for the load balancer's health checks, and
      // it expects exactly the size in the state, which a schedule or an alarm may have changed.
      waitForCapacityTimeout: "0",
      // The tags of the group itself. The launch template tags instances, volumes and network interfaces.
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
        // The first servers start from this version; FleetRollout deploys later ones.
        "launchTemplate",
        // They apply when the group is created; GroupSize changes them later.
        "minSize",
        "maxSize",
        "desiredCapacity",
      ],
    },
  );
}

/** Sets the group's size when the settings change; otherwise schedules, load and users control it. */
export function createGroupSize(
  { name, parent }: FleetScope,
  { minSize, maxSize, desiredCapacity, enforced, endsAt }: Sizing,
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
      ...(endsAt === undefined ? {} : { endsAt }),
      region: regionOf(parent),
      ...(profile === undefined ? {} : { profile }),
    },
    { parent },
  );
}
