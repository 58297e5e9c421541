import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { regionOf } from "../../settings/account";
import { bootTimes } from "../bootTimes";
import type { GroupSize } from "../groupSize/groupSize";
import type { FleetSettings } from "../options";
import type { FleetScope } from "../scope";
import type { Sizing } from "../sizing";
import { FleetRollout } from "./fleetRollout";

export interface ServedParts {
  readonly group: aws.autoscaling.Group;
  /** Set before the rollout, which waits for the group's current size. */
  readonly size: GroupSize;
  readonly targetGroup: aws.lb.TargetGroup;
  readonly launchTemplate: aws.ec2.LaunchTemplate;
}

/** Time besides the boot: a launch in another zone, registration with the load balancer, draining. */
const spareMinutes = 10;

/** Makes `up` wait until all servers run the launch template's newest version and the load balancer reports them healthy. */
export function serveVersion(
  { name, parent }: FleetScope,
  settings: FleetSettings,
  { minSize, desiredCapacity, maxSize }: Sizing,
  { group, size, targetGroup, launchTemplate }: ServedParts,
): FleetRollout {
  const { graceSeconds, warmupSeconds } = bootTimes(settings);
  return new FleetRollout(
    `${name}-rollout`,
    {
      groupName: group.name,
      targetGroupArn: targetGroup.arn,
      launchTemplateId: launchTemplate.id,
      launchTemplateVersion: launchTemplate.latestVersion.apply((version) => String(version)),
      capacity: [minSize, desiredCapacity, maxSize].join("/"),
      patienceMinutes: Math.ceil((graceSeconds + warmupSeconds) / 60) + spareMinutes,
      region: regionOf(parent),
      profile: new pulumi.Config("aws").get("profile"),
    },
    { parent, dependsOn: [size] },
  );
}
