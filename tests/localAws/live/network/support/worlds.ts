import type { AclEntry, GroupRule, Interface, Place, Vpc, World } from "../../../../../localAws/live/world";

/** A rule of a security group; without more, it allows everything from and to everywhere. */
export function groupRule(rule: Partial<GroupRule> = {}): GroupRule {
  const every = rule.groups === undefined && rule.prefixListCidrs === undefined;
  return {
    egress: false,
    protocol: "-1",
    fromPort: null,
    toPort: null,
    cidrs: every ? ["0.0.0.0/0"] : [],
    groups: [],
    prefixListCidrs: [],
    ...rule,
  };
}

export function tcp(port: number, rule: Partial<GroupRule> = {}): GroupRule {
  return groupRule({ protocol: "tcp", fromPort: port, toPort: port, ...rule });
}

export const everyEgress = groupRule({ egress: true });

export function aclEntry(entry: Partial<AclEntry> = {}): AclEntry {
  return {
    ruleNumber: 100,
    egress: false,
    protocol: "-1",
    action: "allow",
    cidr: "0.0.0.0/0",
    fromPort: null,
    toPort: null,
    icmpType: null,
    icmpCode: null,
    ...entry,
  };
}

/** The entries of a VPC's default ACL. */
export const openAcl = { id: "acl-open", entries: [aclEntry(), aclEntry({ egress: true })] };

export function subnet(id: string, cidr: string, rest: Partial<Vpc["subnets"][number]> = {}) {
  return {
    id,
    cidr,
    zone: "us-east-1a",
    routes: [{ destination: "10.0.0.0/16", target: "local" }],
    aclId: openAcl.id,
    ...rest,
  };
}

export function vpc(rest: Partial<Vpc> = {}): Vpc {
  return {
    id: "vpc-1",
    cidrs: ["10.0.0.0/16"],
    isDefault: false,
    dnsSupport: true,
    dnsHostnames: true,
    internetGatewayId: null,
    subnets: [],
    acls: [openAcl],
    securityGroups: [],
    natGateways: [],
    endpoints: [],
    ...rest,
  };
}

export function networkInterface(
  subnetId: string,
  privateIp: string,
  groups: readonly string[],
  publicIp: string | null = null,
): Interface {
  return { id: `eni-${subnetId}-${privateIp}`, subnetId, privateIp, publicIp, groups: [...groups] };
}

export function world(vpcs: readonly Vpc[], place: Partial<Place> = {}): World {
  return {
    bootId: "boot",
    number: 1,
    places: [
      {
        accountId: "111111111111",
        region: "us-east-1",
        vpcs: [...vpcs],
        instances: [],
        images: [],
        loadBalancers: [],
        targetGroups: [],
        databases: [],
        databaseSnapshots: [],
        fileSystems: [],
        records: [],
        certificates: [],
        ...place,
      },
    ],
  };
}
