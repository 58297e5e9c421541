import { visitorAddress } from "../../../localAws/live/network/internet";
import { unreachableAddress } from "../../../localAws/live/network/names";

/** Addresses and names in the lab's VPC. */
export const addresses = {
  /** The lab's own interface in the VPC, for requests to servers without the load balancer. */
  lab: "10.77.0.10",
  database: "10.77.0.20",
  fileSystem: "10.77.0.30",
  secretsManager: "10.77.0.40",
  ses: "10.77.0.41",
  browser: "10.77.0.50",
  loadBalancer: "10.77.1.10",
  /** The load balancer's address on the internet. */
  publicLoadBalancer: "203.0.113.10",
  /** A visitor from the internet. */
  visitor: visitorAddress,
  /** The address of every name on the internet; nothing responds there. */
  internet: unreachableAddress,
} as const;

export const accountId = "123456789012";
export const vpcId = "vpc-lab";
export const site = "wordpress.lab.test";
export const region = "us-east-1";
export const databaseHost = "wordpress.cabcdefghijk.us-east-1.rds.amazonaws.com";
export const fileSystemId = "fs-0123456789abcdef0";
export const fileSystemHost = `${fileSystemId}.efs.${region}.amazonaws.com`;

/** Where a server is: without a route to the internet, or with one. */
export type Side = "closed" | "public";

/** The servers' addresses: from 101 on in their subnet. */
export function serverAddress(index: number, side: Side = "closed"): string {
  return `10.77.${side === "closed" ? 0 : 1}.${101 + index}`;
}

export function publicAddress(index: number): string {
  return `203.0.113.${101 + index}`;
}
