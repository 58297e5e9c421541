import { zoneCount } from "../shared/zones";
import { parseVpcCidrBlock } from "./cidr";

/** How large each zone's subnets are, as prefix lengths (the bits of an address that are fixed). */
export interface SubnetPlan {
  readonly privatePrefixLength: number;
  readonly publicPrefixLength: number;
}

/**
 * Half of each zone for private subnets, where things multiply (servers, database, endpoints); a quarter for
 * public ones, which hold load balancer and NAT gateway; the last quarter stays free for a later kind.
 * A /24, the smallest VPC allowed, so gets /27 public subnets: the least that AWS asks for a load balancer.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
export function planSubnets(vpcCidrBlock: string): SubnetPlan {
  const vpc = parseVpcCidrBlock(vpcCidrBlock);
  if (vpc === undefined) throw new RangeError(`not a range that a VPC can have: ${vpcCidrBlock}`);
  const zonePrefixLength = vpc.prefixLength + Math.log2(zoneCount);
  return { privatePrefixLength: zonePrefixLength + 1, publicPrefixLength: zonePrefixLength + 2 };
}
