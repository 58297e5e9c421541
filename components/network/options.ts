// Generated from settings.ts by `npm run docs`; change that file, not this one.

/** The settings of the network. All are optional. */
export interface NetworkOptions {
  /**
   * Private IPv4 range of the VPC.
   *
   * - Range: a private IPv4 range from /16 to /24 on its own boundary, in 10.0.0.0/8, 172.16.0.0/12,
   *   192.168.0.0/16 or 100.64.0.0/10, e.g. 10.20.0.0/16
   * @default "10.20.0.0/16"
   */
  readonly cidrBlock?: string | undefined;

  /**
   * The two Availability Zones of the subnets. A live stack keeps its zones.
   *
   * - Range: 2 different Availability Zones of the stack's region, in lower case and no Local Zones,
   *   e.g. [us-east-1a, us-east-1b]
   * @default the region's first two zones that offer the servers' instance types and the database's
   *   class
   */
  readonly availabilityZones?: readonly string[] | undefined;

  /**
   * How servers in private subnets reach the internet: `none`: they do not; `single`: through one NAT
   * gateway (about $37 a month with its address; a single point of failure); `perAz`: through one NAT
   * gateway in each zone (about $73 a month). Traffic costs $0.045 per GB more.
   *
   * - Range: one of none, single, perAz
   * @default "none"
   */
  readonly natGateways?: "none" | "single" | "perAz" | undefined;

  /**
   * Where to place the Secrets Manager endpoint, through which servers without a NAT route
   * (`natGateways: none`, or servers in public subnets) read the database's password: in one zone (about
   * $7 a month) or in each (about $15 a month).
   *
   * - Range: one of oneZone, perAz
   * @default "perAz"
   */
  readonly interfaceEndpoints?: "oneZone" | "perAz" | undefined;

  /**
   * Private IPv4 ranges from which SSH to the servers is allowed, e.g. of a VPN or a peered VPC. Servers
   * have no public address, so a range of the internet has no effect. Requires a key:
   * `fleet.keyPairName` or `fleet.sshPublicKey`.
   *
   * - Range: a list of at most 10 different IPv4 ranges, each from /8 to /32 on its own boundary, not of
   *   loopback, link-local or multicast addresses, e.g. 10.8.0.0/16
   * @default []
   */
  readonly sshFrom?: readonly string[] | undefined;

  /**
   * Whether to create an EC2 Instance Connect Endpoint: SSH through AWS's API and IAM, without a public
   * address, free of charge. Requires a key: `fleet.keyPairName` or `fleet.sshPublicKey`.
   *
   * - Range: true or false
   * @default `true` with `fleet.sshPublicKey`, else `false`
   */
  readonly instanceConnectEndpoint?: boolean | undefined;
}

/** The settings with every default. */
export interface NetworkSettings extends NetworkOptions {
  readonly cidrBlock: string;
  readonly natGateways: "none" | "single" | "perAz";
  readonly interfaceEndpoints: "oneZone" | "perAz";
  readonly sshFrom: readonly string[];
}
