import type * as pulumi from "@pulumi/pulumi";

import type { DatabaseOptions } from "./options";

/** {@link DatabaseOptions}, and what other resources provide. */
export interface DatabaseArgs extends DatabaseOptions {
  /** Private subnets in two Availability Zones or more. */
  readonly subnetIds: pulumi.Input<readonly pulumi.Input<string>[]>;

  /** Security groups of the database. Their rules decide which resources can connect to it. */
  readonly securityGroupIds: readonly pulumi.Input<string>[];

  /**
   * Tags of every resource that takes tags.
   *
   * - Range: tags as name: value
   * @default {}
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}
