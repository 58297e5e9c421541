import * as pulumi from "@pulumi/pulumi";
import { WordPressFleet } from "wordpress-on-aws-components";

/** What exists already: `pulumi config set --path existing.vpcId vpc-0123…` and so on. */
interface Existing {
  readonly vpcId: string;
  /** In two Availability Zones or more, with a route to an internet gateway. */
  readonly publicSubnetIds: readonly string[];
  /** In two Availability Zones or more, with a route to a NAT gateway. */
  readonly privateSubnetIds: readonly string[];
  /** Allows HTTP from the internet, and all traffic to the servers. */
  readonly loadBalancerSecurityGroupId: string;
  /** Allows HTTP from the load balancer, and all outbound traffic. */
  readonly serverSecurityGroupId: string;
  /** Allows NFS (port 2049) from the servers. */
  readonly uploadsSecurityGroupId: string;
  /** MariaDB on RDS. The secret has the keys `username` and `password`. */
  readonly database: {
    readonly address: string;
    readonly port: number;
    readonly name: string;
    readonly identifier: string;
    readonly secretArn: string;
  };
}

const existing = new pulumi.Config().requireObject<Existing>("existing");

const fleet = new WordPressFleet("blog", {
  image: { source: "bootstrap" },
  subnets: "private",
  capacity: { min: 2, desired: 2, max: 4 },
  targetTracking: { cpuPercent: 60 },
  vpcId: existing.vpcId,
  loadBalancerSubnetIds: existing.publicSubnetIds,
  instanceSubnetIds: existing.privateSubnetIds,
  loadBalancerSecurityGroupId: existing.loadBalancerSecurityGroupId,
  instanceSecurityGroupId: existing.serverSecurityGroupId,
  uploadsPlace: {
    subnetIds: existing.privateSubnetIds,
    securityGroupId: existing.uploadsSecurityGroupId,
  },
  database: existing.database,
  tags: { Project: pulumi.getProject(), Stack: pulumi.getStack(), ManagedBy: "pulumi" },
});

export const siteUrl = fleet.url;
export const autoScalingGroupName = fleet.autoScalingGroupName;
