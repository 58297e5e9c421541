import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { world } from "./parts";

type Ingress = aws.types.input.ec2.SecurityGroupIngress;
type Rule = Partial<aws.vpc.SecurityGroupIngressRuleArgs>;

const group =
  (...ingress: readonly Ingress[]) =>
  (n: string) =>
    new aws.ec2.SecurityGroup(n, { ingress: [...ingress] });
const rule = (changed: Rule) => (n: string) =>
  new aws.vpc.SecurityGroupIngressRule(n, { securityGroupId: "sg-1", ipProtocol: "tcp", ...changed });
const open = (program: PolicyCase["program"]) => bad("no-ports-open-to-world", program);
const listed = (program: PolicyCase["program"]) => bad("no-prefix-lists-open-to-world", program);

const tcp = (port: number, cidrBlocks: string[] = [world]): Ingress => ({
  ...{ protocol: "tcp", fromPort: port, toPort: port, cidrBlocks },
});
const ssh = tcp(22);
/** A fifth of the internet in ranges that are narrow enough one by one. */
const pieces = Array.from({ length: 60 }, (_, index) => `${String(index + 11)}.0.0.0/8`);
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

const prefixList = (n: string, cidrs: readonly string[]) =>
  new aws.ec2.ManagedPrefixList(n, {
    addressFamily: "IPv4",
    maxEntries: 60,
    entries: cidrs.map((cidr) => ({ cidr })),
  });
const sshFrom = (prefixListIds: Input<string>[]): Ingress => ({
  ...{ protocol: "tcp", fromPort: 22, toPort: 22, prefixListIds },
});

/** Ports that are open to the internet, and prefix lists as their sources. */
export const ingress: PolicyCases = {
  "ssh-upper-TCP": open(group({ ...ssh, protocol: "TCP" })),
  "ssh-number-6": open(group({ ...ssh, protocol: "6" })),
  "ssh-protocol-ALL": open(group({ ...tcp(0), protocol: "ALL" })),
  "ssh-protocol-minus-1": open(group({ ...tcp(0), protocol: "-1" })),
  "ssh-sgrule-TCP": open(
    (n) =>
      new aws.ec2.SecurityGroupRule(n, {
        ...{ type: "ingress", securityGroupId: "sg-1", protocol: "Tcp", fromPort: 22, toPort: 22 },
        cidrBlocks: [world],
      }),
  ),
  "ssh-sgrule-ingress-all": open(
    (n) =>
      new aws.ec2.SecurityGroupRule(n, {
        ...{ type: "ingress", securityGroupId: "sg-1", protocol: "all", fromPort: 0, toPort: 65_535 },
        ipv6CidrBlocks: ["::/0"],
      }),
  ),
  "ssh-default-sg": open((n) => new aws.ec2.DefaultSecurityGroup(n, { vpcId: "vpc-1", ingress: [ssh] })),
  "ssh-ipv6-world": open(rule({ fromPort: 22, toPort: 22, cidrIpv6: "::/0" })),
  "ssh-ipv6-long-zero": open(rule({ fromPort: 22, toPort: 22, cidrIpv6: "0:0:0:0:0:0:0:0/0" })),
  "ssh-ipv6-2000-3": open(rule({ ipProtocol: "-1", cidrIpv6: "2000::/3" })),
  "ssh-in-range": open(group({ ...ssh, fromPort: 0, toPort: 1024 })),
  "ssh-all-ports": open(group({ ...ssh, fromPort: 1, toPort: 65_535 })),
  "ssh-halves": open(group(tcp(22, ["0.0.0.0/1", "128.0.0.0/1"]))),
  "ssh-ipv6-halves": open(group({ ...tcp(22, []), ipv6CidrBlocks: ["::/1", "8000::/1"] })),
  "ssh-split-256": open(group(tcp(22, pieces))),
  "ssh-split-ipv6": open(
    group({
      ...tcp(22, []),
      ipv6CidrBlocks: Array.from({ length: 32 }, (_, index) => `26${(index + 16).toString(16)}::/32`),
    }),
  ),
  "ssh-split-rules": open(group(...pieces.map((piece) => tcp(22, [piece])))),
  "ssh-split-resources": open((n) => {
    const { id } = new aws.ec2.SecurityGroup(n, {});
    for (const [index, cidrIpv4] of pieces.entries()) {
      new aws.vpc.SecurityGroupIngressRule(`${n}${String(index)}`, {
        ...{ securityGroupId: id, ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4 },
      });
    }
  }),
  "ssh-split-ports": open(group({ ...ssh, fromPort: 1, toPort: 21 }, { ...ssh, fromPort: 22, toPort: 443 })),
  "ssh-private-and-world": open(group(tcp(22, ["10.0.0.0/8", world]))),
  "ssh-second-rule": open(group(tcp(443), ssh)),
  "rdp-udp": open(group({ ...tcp(3389), protocol: "udp" })),
  "rdp-udp-17": open(group({ ...tcp(3389), protocol: "17" })),
  "memcached-udp": open(group({ ...tcp(11_211), protocol: "UDP" })),
  "snmp-udp": open(group({ ...tcp(161), protocol: "udp" })),
  "port-memcached-elastic": open(group(...[9200, 11_211, 5984, 7000, 8086].map((port) => tcp(port)))),
  "port-smb-telnet-winrm": open(group(...[23, 445, 5985, 5900, 2375].map((port) => tcp(port)))),
  // Each port alone: the ports of EC2.19, and those that other scanners add.
  ...Object.fromEntries(
    [
      ...[20, 21, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601],
      ...[8080, 8088, 8888, 9200, 9300, 1521, 2049, 6379, 27_017],
      ...[111, 139, 389, 2375, 2376, 2379, 5900, 5985, 5986, 7001, 9042, 9092, 10_250, 11_211, 15_672],
    ].map((port) => [`port-${String(port)}`, open(group(tcp(port)))]),
  ),
  "ssh-eks-remote-access": open(
    (n) =>
      new aws.eks.NodeGroup(n, {
        ...{ clusterName: "c", nodeRoleArn: "r", subnetIds: ["subnet-1"] },
        scalingConfig: { desiredSize: 2, maxSize: 2, minSize: 2 },
        remoteAccess: { ec2SshKey: "key" },
      }),
  ),
  "ssh-lightsail": open(
    (n) =>
      new aws.lightsail.InstancePublicPorts(n, {
        instanceName: "web",
        portInfos: [{ protocol: "tcp", fromPort: 22, toPort: 22 }],
      }),
  ),

  "fp-https-world": good(group({ ...tcp(443), ipv6CidrBlocks: ["::/0"] })),
  "fp-http-world": good(group(tcp(80), { ...tcp(443), protocol: "udp" })),
  "fp-icmp-world": good(
    group(
      { protocol: "icmp", fromPort: -1, toPort: -1, cidrBlocks: [world] },
      { protocol: "icmpv6", fromPort: -1, toPort: -1, ipv6CidrBlocks: ["::/0"] },
      { protocol: "1", fromPort: 8, toPort: 0, cidrBlocks: [world] },
      { protocol: "58", fromPort: 128, toPort: 0, ipv6CidrBlocks: ["::/0"] },
    ),
  ),
  "fp-ssh-10-8": good(group({ ...tcp(22, ["10.0.0.0/8"]), ipv6CidrBlocks: ["fd00::/8"] })),
  "fp-ssh-private": good(group(...[22, 3306].map((port) => tcp(port, privateRanges)))),
  "fp-ssh-private-ipv6": good(rule({ fromPort: 22, toPort: 22, cidrIpv6: "fc00::/7" })),
  "fp-ssh-offices": good(
    group({
      ...tcp(22, ["203.0.113.0/24", "198.51.100.7/32", "192.0.2.0/25"]),
      ipv6CidrBlocks: ["2001:db8:1::/48", "2001:db8:2::/48"],
    }),
  ),
  "fp-ssh-from-group": good(rule({ fromPort: 22, toPort: 22, referencedSecurityGroupId: "sg-2" })),
  "fp-ssh-self": good(group({ protocol: "-1", fromPort: 0, toPort: 0, self: true })),
  "fp-egress-world": good(
    (n) =>
      new aws.ec2.SecurityGroupRule(n, {
        ...{ type: "egress", securityGroupId: "sg-1", protocol: "-1", fromPort: 0, toPort: 0 },
        cidrBlocks: [world],
      }),
  ),
  "fp-default-sg-closed": good((n) => new aws.ec2.DefaultSecurityGroup(n, { vpcId: "vpc-1" })),
  "fp-eks-remote-access": good(
    (n) =>
      new aws.eks.NodeGroup(n, {
        ...{ clusterName: "c", nodeRoleArn: "r", subnetIds: ["subnet-1"] },
        scalingConfig: { desiredSize: 2, maxSize: 2, minSize: 2 },
        remoteAccess: { ec2SshKey: "key", sourceSecurityGroupIds: ["sg-1"] },
      }),
  ),

  "pl-own-plus-foreign": listed((n) =>
    group(sshFrom([prefixList(n, ["203.0.113.0/24"]).id, "pl-0fbadfbad"]))(n),
  ),
  "pl-foreign": listed(group(sshFrom(["pl-0fbadfbad"]))),
  "pl-foreign-rule": listed(rule({ fromPort: 22, toPort: 22, prefixListId: "pl-0fbadfbad" })),
  "pl-foreign-default-sg": listed(
    (n) => new aws.ec2.DefaultSecurityGroup(n, { ingress: [sshFrom(["pl-0fbadfbad"])] }),
  ),
  "pl-foreign-second-rule": listed((n) =>
    group(sshFrom([prefixList(n, ["203.0.113.0/24"]).id]), sshFrom(["pl-0fbadfbad"]))(n),
  ),
  "pl-foreign-udp": listed(rule({ ipProtocol: "udp", fromPort: 3389, toPort: 3389, prefixListId: "pl-0fb" })),
  "pl-world": listed((n) => group(sshFrom([prefixList(n, [world]).id]))(n)),
  "pl-halves": listed((n) => group(sshFrom([prefixList(n, ["0.0.0.0/1", "128.0.0.0/1"]).id]))(n)),
  "pl-pieces": listed((n) => group(sshFrom([prefixList(n, pieces).id]))(n)),
  "pl-entry": listed((n) => {
    const { id } = prefixList(n, []);
    new aws.ec2.ManagedPrefixListEntry(n, { prefixListId: id, cidr: world });
    rule({ fromPort: 22, toPort: 22, prefixListId: id })(n);
  }),
  "fp-pl-own": good((n) => {
    const { id } = prefixList(n, ["203.0.113.0/24"]);
    new aws.ec2.ManagedPrefixListEntry(n, { prefixListId: id, cidr: "198.51.100.0/24" });
    group(sshFrom([id]))(n);
  }),
  "fp-pl-private": good((n) => group(sshFrom([prefixList(n, privateRanges).id]))(n)),
  "fp-pl-two-own": good((n) =>
    group(sshFrom([prefixList(n, ["203.0.113.0/24"]).id, prefixList(`${n}2`, ["192.0.2.0/24"]).id]))(n),
  ),
  "fp-pl-https-foreign": good(rule({ fromPort: 443, toPort: 443, prefixListId: "pl-0fbadfbad" })),
};
