import { builderSubnets, type FlowPlan, ports, serversUseNat } from "./flows";

/** A numbered rule. The matching rule with the lowest number decides; without a match, the packet is denied. */
export interface AclRule {
  readonly ruleNo: number;
  readonly protocol: "tcp" | "icmp";
  /** The range of the packet's destination port; 0 for ICMP. */
  readonly fromPort: number;
  readonly toPort: number;
  /** The packet's source (ingress) or destination (egress). */
  readonly cidrBlock: string;
  readonly icmpType?: number;
  readonly icmpCode?: number;
}

export interface AclRules {
  readonly ingress: readonly AclRule[];
  readonly egress: readonly AclRule[];
}

export interface AclPlan extends FlowPlan {
  readonly vpcCidrBlock: string;
}

const world = "0.0.0.0/0";

/**
 * The ephemeral ports from which connections are opened, and to which responses return. Network ACLs are stateless:
 * responses need rules of their own.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const ephemeralPorts = {
  /** Of load balancers, NAT gateways, Instance Connect Endpoints and visitors. */
  any: [1_024, 65_535],
  /** Of Linux, so of the servers. They include no port of the database, of the uploads or of another service. */
  linux: [32_768, 60_999],
} as const;

/**
 * The rules of each type of subnet: a second layer, so that one wrong security group opens nothing. They distinguish the
 * VPC's addresses from the internet's. Security groups, which know servers and not only addresses, control the traffic
 * within the VPC. DNS, time, metadata and DHCP are not subject to network ACLs.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function planNetworkAclRules(plan: AclPlan): {
  readonly public: AclRules;
  readonly private: AclRules;
} {
  return { public: publicRules(plan), private: privateRules(plan) };
}

/** Public subnets contain the load balancer, NAT gateways, servers if `serverSubnets` is `public`, and without a NAT gateway the image builder. */
function publicRules(plan: AclPlan): AclRules {
  const { vpcCidrBlock: vpc, https, nat, instanceConnectEndpoint } = plan;
  const servers = plan.serverSubnets === "public";
  const builder = plan.imageBuilder && builderSubnets(plan) === "public";
  return {
    ingress: [
      // Visitors, and private servers that reach package mirrors through the NAT gateway.
      tcp(100, world, ports.http),
      ...when(https, tcp(110, world, ports.https)),
      // Private servers that use the NAT gateway.
      ...when(nat && !https, tcp(120, vpc, ports.https)),
      ...when(servers && instanceConnectEndpoint, tcp(130, vpc, ports.ssh)),
      // Responses of servers to the load balancer, and of the internet to the NAT gateway.
      tcp(200, nat ? world : vpc, ...ephemeralPorts.any),
      // Responses of package mirrors to the builder.
      ...when(builder, tcp(210, world, ...ephemeralPorts.linux)),
      ...(servers ? plan.sshFrom.map((block, index) => tcp(300 + index, block, ports.ssh)) : []),
      fragmentationNeeded,
    ],
    egress: [
      // The load balancer to servers; the NAT gateway, or the builder, to package mirrors.
      tcp(100, nat || builder ? world : vpc, ports.http),
      // The NAT gateway and the builder to the internet; servers to interface endpoints.
      ...when(nat || builder || servers, tcp(110, nat || builder ? world : vpc, ports.https)),
      ...when(servers, tcp(120, vpc, ports.mariaDb)),
      ...when(servers && plan.sharedUploads, tcp(140, vpc, ports.nfs)),
      // Responses to visitors, to servers behind the NAT gateway, and of SSH.
      tcp(200, world, ...ephemeralPorts.any),
      fragmentationNeeded,
    ],
  };
}

/**
 * Private subnets contain the database, endpoints, launched servers, the fleet's servers unless `serverSubnets` is
 * `public`, and with a NAT gateway the image builder.
 */
function privateRules(plan: AclPlan): AclRules {
  const { vpcCidrBlock: vpc, nat, instanceConnectEndpoint } = plan;
  const servers = plan.serverSubnets === "private";
  return {
    ingress: [
      ...when(servers, tcp(100, vpc, ports.http)),
      ...when(!serversUseNat(plan), tcp(110, vpc, ports.https)),
      // The database's port, from the VPC only.
      tcp(120, vpc, ports.mariaDb),
      ...when(servers && instanceConnectEndpoint, tcp(130, vpc, ports.ssh)),
      // The port of the uploads, from the VPC only.
      ...when(plan.sharedUploads, tcp(140, vpc, ports.nfs)),
      // Responses of the database to servers, and of servers to the Instance Connect Endpoint.
      ...when(instanceConnectEndpoint, tcp(200, vpc, ...ephemeralPorts.any)),
      // Responses of the database, uploads and endpoints to servers, and of the internet through the NAT gateway.
      tcp(210, nat ? world : vpc, ...ephemeralPorts.linux),
      ...(servers ? plan.sshFrom.map((block, index) => tcp(300 + index, block, ports.ssh)) : []),
      fragmentationNeeded,
    ],
    egress: [
      // Package mirrors, through the NAT gateway.
      ...when(nat, tcp(100, world, ports.http)),
      // Interface endpoints, and the internet through the NAT gateway.
      ...when(servers || nat, tcp(110, nat ? world : vpc, ports.https)),
      ...when(servers, tcp(120, vpc, ports.mariaDb)),
      ...when(instanceConnectEndpoint, tcp(130, vpc, ports.ssh)),
      ...when(servers && plan.sharedUploads, tcp(140, vpc, ports.nfs)),
      // Responses to the load balancer, servers and endpoints.
      tcp(200, vpc, ...ephemeralPorts.any),
      ...(servers ? plan.sshFrom.map((block, index) => tcp(300 + index, block, ...ephemeralPorts.any)) : []),
      fragmentationNeeded,
    ],
  };
}

/**
 * "Fragmentation needed": without it, a connection through a smaller MTU hangs. Security groups allow it as a part of the
 * connection; network ACLs are stateless.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#path_mtu_discovery
 */
const fragmentationNeeded: AclRule = {
  ruleNo: 400,
  protocol: "icmp",
  fromPort: 0,
  toPort: 0,
  cidrBlock: world,
  icmpType: 3,
  icmpCode: 4,
};

function tcp(ruleNo: number, cidrBlock: string, fromPort: number, toPort = fromPort): AclRule {
  return { ruleNo, protocol: "tcp", fromPort, toPort, cidrBlock };
}

const when = (condition: boolean, rule: AclRule): readonly AclRule[] => (condition ? [rule] : []);
