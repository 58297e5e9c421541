import { builderSubnets, type FlowPlan, ports, serversUseNat } from "./flows";

/** One numbered rule; the one with the lowest number that fits a packet decides, and none means no. */
export interface AclRule {
  readonly ruleNo: number;
  readonly protocol: "tcp" | "icmp";
  /** The packet's destination port, first and last; 0 for ICMP. */
  readonly fromPort: number;
  readonly toPort: number;
  /** The other end: where a packet comes from (ingress) or goes to (egress). */
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
 * From which ports a connection is opened, and so to which its answers go. A network ACL keeps no state: an
 * answer needs a rule of its own.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const answers = {
  /** Load balancers, NAT gateways, connect endpoints and visitors of any make. */
  any: [1_024, 65_535],
  /** Linux's, so our servers'. No port of the database, the uploads or another service is among them. */
  linux: [32_768, 60_999],
} as const;

/**
 * What each kind of subnet lets through: a second fence, so that one careless security group opens nothing.
 * Ranges are the VPC's or the world's; who within the VPC may speak to whom is for security groups, which
 * know servers rather than addresses. Name resolution, time, metadata and DHCP are not subject to ACLs.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function planNetworkAclRules(plan: AclPlan): {
  readonly public: AclRules;
  readonly private: AclRules;
} {
  return { public: publicRules(plan), private: privateRules(plan) };
}

/** Public subnets hold the load balancer, NAT gateways, servers if so set, and the image builder without a NAT gateway. */
function publicRules(plan: AclPlan): AclRules {
  const { vpcCidrBlock: vpc, https, nat, instanceConnectEndpoint } = plan;
  const servers = plan.serverSubnets === "public";
  const builder = plan.imageBuilder && builderSubnets(plan) === "public";
  return {
    ingress: [
      // Visitors, and private servers on their way through the NAT gateway to package mirrors.
      tcp(100, world, ports.http),
      ...when(https, tcp(110, world, ports.https)),
      // Private servers on their way through the NAT gateway.
      ...when(nat && !https, tcp(120, vpc, ports.https)),
      ...when(servers && instanceConnectEndpoint, tcp(130, vpc, ports.ssh)),
      // Servers' answers to the load balancer; the world's to the NAT gateway.
      tcp(200, nat ? world : vpc, ...answers.any),
      // Answers of package mirrors to the builder.
      ...when(builder, tcp(210, world, ...answers.linux)),
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
      // Answers: to visitors, to servers behind the NAT gateway, to SSH.
      tcp(200, world, ...answers.any),
      fragmentationNeeded,
    ],
  };
}

/**
 * Private subnets hold the database, endpoints, launched servers, the fleet's servers unless set otherwise, and the
 * image builder behind a NAT gateway.
 */
function privateRules(plan: AclPlan): AclRules {
  const { vpcCidrBlock: vpc, nat, instanceConnectEndpoint } = plan;
  const servers = plan.serverSubnets === "private";
  return {
    ingress: [
      ...when(servers, tcp(100, vpc, ports.http)),
      ...when(!serversUseNat(plan), tcp(110, vpc, ports.https)),
      // The database's port, from inside alone.
      tcp(120, vpc, ports.mariaDb),
      ...when(servers && instanceConnectEndpoint, tcp(130, vpc, ports.ssh)),
      // The uploads', likewise.
      ...when(plan.sharedUploads, tcp(140, vpc, ports.nfs)),
      // The database's answers to servers, servers' to the connect endpoint.
      ...when(instanceConnectEndpoint, tcp(200, vpc, ...answers.any)),
      // Answers of the database, uploads and endpoints to servers, and of the internet through the NAT gateway.
      tcp(210, nat ? world : vpc, ...answers.linux),
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
      // Answers to the load balancer, to servers and to endpoints.
      tcp(200, vpc, ...answers.any),
      ...(servers ? plan.sshFrom.map((block, index) => tcp(300 + index, block, ...answers.any)) : []),
      fragmentationNeeded,
    ],
  };
}

/**
 * "Your packet is too large", without which a connection over a smaller MTU hangs. Security groups let it
 * through with the connection it belongs to; ACLs know no connection.
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
