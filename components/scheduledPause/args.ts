import type * as pulumi from "@pulumi/pulumi";

/** What pauses, when, and with which role. */
export interface ScheduledPauseArgs {
  /** When it pauses: a time with its offset from UTC, e.g. 2026-12-20T18:00:00+09:00. */
  readonly endsAt: string;

  /** The Auto Scaling group whose servers end. */
  readonly autoScalingGroupName: pulumi.Input<string>;

  /** The RDS instance that stops. */
  readonly databaseIdentifier: pulumi.Input<string>;

  /**
   * An existing IAM role for the schedules, e.g. the lab's LabRole.
   * @default a least-privilege role that the component creates
   */
  readonly existingRoleArn?: string | undefined;

  /**
   * Tags of every resource that takes tags.
   * @default {}
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}
