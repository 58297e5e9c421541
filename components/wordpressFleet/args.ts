import type * as pulumi from "@pulumi/pulumi";

import type { BuilderPlace } from "../shared/builderPlace";
import type { FleetOptions } from "./options";
import type { UploadsPlace } from "./uploads";

/** The database of WordPress. `Database` provides it. */
export interface FleetDatabase {
  /** Host name. */
  readonly address: pulumi.Input<string>;

  /** TCP port. */
  readonly port: pulumi.Input<number>;

  /** Name of the MariaDB database (schema). */
  readonly name: pulumi.Input<string>;

  /** ARN of the secret with `username` and `password`, as JSON. */
  readonly secretArn: pulumi.Input<string>;

  /** Identifier under which RDS reports its metrics. */
  readonly identifier: pulumi.Input<string>;
}

/** {@link FleetOptions}, and what other resources provide. */
export interface WordPressFleetArgs extends FleetOptions {
  /** The VPC of the subnets. */
  readonly vpcId: pulumi.Input<string>;

  /** Public subnets in two Availability Zones or more. */
  readonly loadBalancerSubnetIds: pulumi.Input<readonly pulumi.Input<string>[]>;

  /** Subnets in two Availability Zones or more, of the kind that `subnets` names. */
  readonly instanceSubnetIds: pulumi.Input<readonly pulumi.Input<string>[]>;

  /** Security group of the load balancer. */
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;

  /** Security group of the servers. */
  readonly instanceSecurityGroupId: pulumi.Input<string>;

  /** The database of WordPress. */
  readonly database: FleetDatabase;

  /**
   * Where to place the file system of shared uploads. Required with `uploads: shared`.
   * @default none, with `uploads: local`
   */
  readonly uploadsPlace?: UploadsPlace | undefined;

  /**
   * Where the servers' image is built. Required with `image: { source: bake }`.
   * @default none, with another `image`
   */
  readonly builderPlace?: BuilderPlace | undefined;

  /**
   * Whether Route 53 requests a page that reads the database every 30 seconds, with an alarm when that fails.
   * Only in us-east-1: Route 53 reports its health checks to no other region.
   *
   * - Range: true or false
   * @default false
   */
  readonly siteHealthCheck?: boolean | undefined;

  /**
   * Whether servers have a route to the internet. Without one, WordPress sends no requests to other sites.
   *
   * - Range: true or false
   * @default true
   */
  readonly serversHaveInternet?: boolean | undefined;

  /**
   * When the stack pauses itself. No scheduled scaling starts servers later, and a later time starts them again.
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
