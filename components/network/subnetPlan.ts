import { zoneCount } from "../shared/zones";
import { parseVpcCidrBlock } from "./cidr";

/** The sizes of each zone's subnets, as prefix lengths. */
export interface SubnetPlan {
  readonly privatePrefixLength: number;
  readonly publicPrefixLength: number;
}

/**
 * Half of each zone's addresses for the private subnet (servers, database, endpoints), a quarter for the public one (load
 * balancer, NAT gateway). The last quarter is a reserve. The smallest VPC, a /24, has /27 public subnets: AWS's minimum
 * for a load balancer.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
export function planSubnets(vpcCidrBlock: string): SubnetPlan {
  const vpc = parseVpcCidrBlock(vpcCidrBlock);
  if (vpc === undefined) throw new RangeError(`not a valid range of the VPC: ${vpcCidrBlock}`);
  const zonePrefixLength = vpc.prefixLength + Math.log2(zoneCount);
  return { privatePrefixLength: zonePrefixLength + 1, publicPrefixLength: zonePrefixLength + 2 };
}
