import * as pulumi from "@pulumi/pulumi";

export interface FleetRolloutArgs {
  /** The Auto Scaling group. */
  readonly groupName: pulumi.Input<string>;
  /** The target group whose health checks decide. */
  readonly targetGroupArn: pulumi.Input<string>;
  readonly launchTemplateId: pulumi.Input<string>;
  /** The version that all servers must have, as a number. */
  readonly launchTemplateVersion: pulumi.Input<string>;
  /** The group's sizes. A change makes the rollout wait for the servers again. */
  readonly capacity: pulumi.Input<string>;
  /** Minutes without progress after which the rollout fails. */
  readonly patienceMinutes: pulumi.Input<number>;
  readonly region: pulumi.Input<string>;
  /** A profile of AWS's shared files. Default: the default credentials. */
  readonly profile?: pulumi.Input<string> | undefined;
}

/**
 * Deploys a launch template version to a group's servers and waits until the load balancer reports all of them healthy.
 *
 * The group's own `instanceRefresh` cannot do this: the official provider first writes the new version into the group
 * and then starts the refresh, so an automatic rollback returns to the version that failed
 * (hashicorp/terraform-provider-aws#34189), and it does not wait for the end. This resource starts the refresh with the
 * version as the desired configuration; Auto Scaling writes it into the group only after the refresh has succeeded. After a
 * rollback the update fails, the state keeps the old version, and the next update tries again.
 */
export class FleetRollout extends pulumi.CustomResource {
  constructor(name: string, args: FleetRolloutArgs, opts?: pulumi.CustomResourceOptions) {
    super("golden-image:index:FleetRollout", name, { ...args }, opts);
  }
}
