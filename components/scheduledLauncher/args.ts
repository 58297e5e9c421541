import type * as pulumi from "@pulumi/pulumi";

import type { LauncherOptions } from "./options";

/** {@link LauncherOptions}, and what other resources provide. */
export interface ScheduledLauncherArgs extends LauncherOptions {
  /** The VPC in which the function launches servers. */
  readonly vpcId: pulumi.Input<string>;

  /** Private subnets of that VPC, in two Availability Zones or more. A launch spreads its servers over them. */
  readonly subnetIds: pulumi.Input<readonly pulumi.Input<string>[]>;

  /**
   * SNS topic that receives the alarm for failed launches.
   * @default no topic: only CloudWatch shows the alarm
   */
  readonly alarmTopicArn?: pulumi.Input<string> | undefined;

  /**
   * When the stack pauses itself: no launch is later.
   *
   * - Range: a time with its offset from UTC, e.g. "2026-12-20T18:00:00+09:00" or "2026-12-20T09:00:00Z", in
   *   quotes in a file of YAML
   * @default never
   */
  readonly endsAt?: string | undefined;

  /**
   * Tags of every resource that takes tags.
   *
   * - Range: tags as name: value
   * @default {}
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}
