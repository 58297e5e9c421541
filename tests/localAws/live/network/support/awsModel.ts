/**
 * What AWS does with a connection, written from its documentation and not from the product's code: the two must agree.
 * Addresses outside of the VPC are hosts of the internet.
 */
import type { AclEntry, GroupRule, Interface, Vpc } from "../../../../../localAws/live/world";

export interface Traffic {
  /** TCP, UDP or ICMP. */
  readonly protocol: 6 | 17 | 1;
  /** The client's port, or 0 for ICMP. */
  readonly from: number;
  /** The server's port, or the type of an ICMP message with code 0. */
  readonly to: number;
}

interface Packet {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  /** Of the destination; undefined for ICMP. */
  readonly port: number | undefined;
  readonly icmpType: number | undefined;
}

type NatGateway = Vpc["natGateways"][number];
type Subnet = Vpc["subnets"][number];

function bits(address: string): string {
  return address
    .split(".")
    .map((octet) => Number(octet).toString(2).padStart(8, "0"))
    .join("");
}

function inRange(range: string, address: string): boolean {
  const [network = "", length = "32"] = range.split("/");
  return bits(network).slice(0, Number(length)) === bits(address).slice(0, Number(length));
}

const numbers: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1 };

function protocolMatches(rule: string, packet: Packet): boolean {
  return rule === "-1" || (numbers[rule] ?? Number(rule)) === packet.protocol;
}

function groupRuleAllows(
  rule: GroupRule,
  peer: string,
  packet: Packet,
  members: readonly Interface[],
): boolean {
  if (!protocolMatches(rule.protocol, packet)) return false;
  if (rule.protocol !== "-1" && rule.fromPort !== null) {
    if (packet.protocol === 1) {
      // For ICMP, the ports are the type and the code.
      if (rule.fromPort !== packet.icmpType) return false;
      if (rule.toPort !== null && rule.toPort !== 0) return false;
    } else if (packet.port === undefined || packet.port < rule.fromPort || packet.port > (rule.toPort ?? 0)) {
      return false;
    }
  }
  const ranges = [...rule.cidrs, ...rule.prefixListCidrs];
  const isMember = members.some(
    (each) => each.privateIp === peer && each.groups.some((group) => rule.groups.includes(group)),
  );
  return isMember || ranges.some((range) => inRange(range, peer));
}

function aclAllows(entries: readonly AclEntry[], egress: boolean, packet: Packet): boolean {
  const own = entries.filter((entry) => entry.egress === egress);
  own.sort((one, other) => one.ruleNumber - other.ruleNumber);
  for (const entry of own) {
    if (!inRange(entry.cidr, egress ? packet.destination : packet.source)) continue;
    if (!protocolMatches(entry.protocol, packet)) continue;
    if (entry.protocol !== "-1" && packet.protocol === 1) {
      if (entry.icmpType !== null && entry.icmpType !== -1 && entry.icmpType !== packet.icmpType) continue;
    }
    if (entry.protocol !== "-1" && packet.port !== undefined && entry.fromPort !== null) {
      if (packet.port < entry.fromPort || packet.port > (entry.toPort ?? 0)) continue;
    }
    return entry.action === "allow";
  }
  return false;
}

export class AwsModel {
  constructor(
    private readonly vpc: Vpc,
    private readonly interfaces: readonly Interface[],
  ) {}

  /** Whether a client gets an answer. `destination` is a private address of the VPC or one of the internet. */
  connects(source: Interface, destination: string, traffic: Traffic): boolean {
    const request = packetOf(source.privateIp, destination, traffic);
    if (!this.groupsAllow(source, true, destination, request)) return false;
    const target = this.interfaces.find(({ privateIp }) => privateIp === destination);
    if (target !== undefined) {
      return (
        this.groupsAllow(target, false, source.privateIp, request) &&
        this.passesBothWays(source, target, traffic)
      );
    }
    if (this.isLocal(destination)) return false;
    return this.reachesInternet(source, destination, traffic);
  }

  /** Whether a client of the internet gets an answer from a public address. */
  connectsFromInternet(client: string, target: Interface, traffic: Traffic): boolean {
    if (target.publicIp === null || !this.leadsToGateway(this.subnetOf(target), client)) return false;
    const request = packetOf(client, target.privateIp, traffic);
    return (
      this.groupsAllow(target, false, client, request) &&
      this.crosses(this.subnetOf(target), false, request) &&
      this.crosses(this.subnetOf(target), true, replyTo(request, traffic))
    );
  }

  private reachesInternet(source: Interface, destination: string, traffic: Traffic): boolean {
    const subnet = this.subnetOf(source);
    const request = packetOf(source.privateIp, destination, traffic);
    const target = this.routeOf(subnet, destination);
    if (target !== null && target === this.vpc.internetGatewayId) {
      return source.publicIp !== null && this.outAndBack(subnet, request, traffic);
    }
    const nat = this.vpc.natGateways.find(({ id, state }) => id === target && state === "available");
    if (nat === undefined) return false;
    const natSubnet = this.subnetOf(nat);
    if (nat.publicIp === null || !this.leadsToGateway(natSubnet, destination)) return false;
    const translated = packetOf(nat.privateIp, destination, traffic);
    if (!this.outAndBack(natSubnet, translated, traffic)) return false;
    if (natSubnet.id === subnet.id) return true;
    const reply = replyTo(request, traffic);
    return (
      this.crosses(subnet, true, request) &&
      this.crosses(natSubnet, false, request) &&
      this.crosses(natSubnet, true, reply) &&
      this.crosses(subnet, false, reply)
    );
  }

  private outAndBack(subnet: Subnet, request: Packet, traffic: Traffic): boolean {
    return this.crosses(subnet, true, request) && this.crosses(subnet, false, replyTo(request, traffic));
  }

  /** Network ACLs see the request and the reply, at the border of both subnets. */
  private passesBothWays(source: Interface, target: Interface, traffic: Traffic): boolean {
    if (source.subnetId === target.subnetId) return true;
    const [from, to] = [this.subnetOf(source), this.subnetOf(target)];
    const request = packetOf(source.privateIp, target.privateIp, traffic);
    const reply = replyTo(request, traffic);
    return (
      this.crosses(from, true, request) &&
      this.crosses(to, false, request) &&
      this.crosses(to, true, reply) &&
      this.crosses(from, false, reply)
    );
  }

  private crosses(subnet: Subnet, egress: boolean, packet: Packet): boolean {
    const acl = this.vpc.acls.find(({ id }) => id === subnet.aclId);
    return acl !== undefined && aclAllows(acl.entries, egress, packet);
  }

  private groupsAllow(own: Interface, egress: boolean, peer: string, packet: Packet): boolean {
    return this.vpc.securityGroups
      .filter(({ id }) => own.groups.includes(id))
      .flatMap(({ rules }) => rules)
      .some((rule) => rule.egress === egress && groupRuleAllows(rule, peer, packet, this.interfaces));
  }

  private isLocal(address: string): boolean {
    return this.vpc.cidrs.some((cidr) => inRange(cidr, address));
  }

  private leadsToGateway(subnet: Subnet, address: string): boolean {
    const target = this.routeOf(subnet, address);
    return target !== null && target === this.vpc.internetGatewayId;
  }

  /** The target of the longest route; null without one. */
  private routeOf(subnet: Subnet, address: string): string | null {
    let best: Subnet["routes"][number] | undefined;
    for (const route of subnet.routes) {
      if (!inRange(route.destination, address)) continue;
      const isLonger =
        Number(route.destination.split("/")[1]) > Number(best?.destination.split("/")[1] ?? -1);
      if (isLonger) best = route;
    }
    return best?.target ?? null;
  }

  private subnetOf(own: Interface | NatGateway): Subnet {
    const subnet = this.vpc.subnets.find(({ id }) => id === own.subnetId);
    if (subnet === undefined) throw new Error(`${own.id} has no subnet.`);
    return subnet;
  }
}

function packetOf(source: string, destination: string, { protocol, to }: Traffic): Packet {
  const isIcmp = protocol === 1;
  return {
    source,
    destination,
    protocol,
    port: isIcmp ? undefined : to,
    icmpType: isIcmp ? to : undefined,
  };
}

/** The reply goes to the client's port; that to an echo request (8) is an echo reply (0). */
function replyTo(request: Packet, { protocol, from }: Traffic): Packet {
  const { source, destination } = request;
  const isIcmp = protocol === 1;
  return {
    source: destination,
    destination: source,
    protocol,
    port: isIcmp ? undefined : from,
    icmpType: isIcmp ? 0 : undefined,
  };
}
