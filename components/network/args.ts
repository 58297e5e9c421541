import type { NetworkOptions } from "./options";

/** {@link NetworkOptions}, and what the rest of the program decides. */
export interface NetworkArgs extends NetworkOptions {
  /**
   * Whether to create an EC2 Instance Connect Endpoint for SSH to the servers.
   *
   * - Range: true or false
   * @default false
   */
  readonly instanceConnectEndpoint?: boolean | undefined;

  /**
   * Whether the load balancer has an HTTPS listener besides HTTP.
   *
   * - Range: true or false
   * @default false
   */
  readonly https?: boolean | undefined;

  /**
   * Which subnets the fleet's servers run in.
   *
   * - Range: one of private, public
   * @default "private"
   */
  readonly serverSubnets?: "private" | "public" | undefined;

  /**
   * Whether the fleet's servers share an EFS file system.
   *
   * - Range: true or false
   * @default false
   */
  readonly sharedUploads?: boolean | undefined;

  /**
   * Whether the servers' image is built in this network.
   *
   * - Range: true or false
   * @default false
   */
  readonly imageBuilder?: boolean | undefined;

  /**
   * Whether the fleet's servers send mail through Amazon SES.
   *
   * - Range: true or false
   * @default false
   */
  readonly mail?: boolean | undefined;

  /**
   * Tags of every resource that takes tags.
   *
   * - Range: tags as name: value
   * @default {}
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}
