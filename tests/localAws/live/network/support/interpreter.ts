/** Interprets the compiled chains and routes of a VPC as the kernel would, without a kernel. */
import { compileForwarding, type FirewallInput } from "../../../../../localAws/live/network/firewall";
import { contains, prefixLengthOf } from "../../../../../localAws/live/network/ipv4";
import { internetDevice } from "../../../../../localAws/live/network/links";
import { compileRoutes, type Routing } from "../../../../../localAws/live/network/routes";
import type { Chain, Rule } from "../../../../../localAws/live/network/ruleset";
import type { Interface } from "../../../../../localAws/live/world";
import type { Traffic } from "./awsModel";

interface Packet {
  readonly inDevice: string;
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  readonly port: number;
  readonly isReply: boolean;
}

export class Interpreter {
  private readonly chains: ReadonlyMap<string, Chain>;
  private readonly routing: Routing;

  constructor(private readonly input: FirewallInput) {
    this.chains = new Map(compileForwarding(input).map((chain) => [chain.name, chain]));
    this.routing = compileRoutes(input.vpc, input.links, input.nats);
  }

  connects(source: Interface, destination: string, traffic: Traffic): boolean {
    const inDevice = this.deviceOf(source.privateIp);
    const there = this.pass({ ...base(traffic), inDevice, source: source.privateIp, destination });
    if (there === undefined) return false;
    const nat = this.input.nats.find(({ device }) => device === there);
    const back = { ...base(traffic, true), source: destination, destination: source.privateIp };
    if (nat === undefined) return this.pass({ ...back, inDevice: there }) === inDevice;
    const translated = { ...base(traffic), inDevice: nat.device, source: nat.privateIp, destination };
    const out = this.pass(translated);
    if (out === undefined) return false;
    if (out !== internetDevice) throw new Error(`${nat.id} sends packets for the internet to ${out}.`);
    const toNat = { ...base(traffic, true), inDevice: out, source: destination, destination: nat.privateIp };
    return this.pass(toNat) === nat.device && this.pass({ ...back, inDevice: nat.device }) === inDevice;
  }

  connectsFromInternet(client: string, target: Interface, traffic: Traffic): boolean {
    const { privateIp, publicIp } = target;
    if (publicIp === null) return false;
    const there = this.pass({
      ...base(traffic),
      inDevice: internetDevice,
      source: client,
      destination: privateIp,
    });
    if (there !== this.deviceOf(privateIp)) return false;
    const reply = { ...base(traffic, true), inDevice: there, source: privateIp, destination: client };
    return this.pass(reply) === internetDevice;
  }

  private deviceOf(address: string): string {
    const link = this.input.links.find(({ interfaces }) =>
      interfaces.some(({ privateIp }) => privateIp === address),
    );
    if (link === undefined) throw new Error(`${address} is not connected.`);
    return link.device;
  }

  /** The device on which the packet leaves the VPC's router; undefined when it is dropped. */
  private pass(packet: Packet): string | undefined {
    const outDevice = this.route(packet);
    if (outDevice === undefined) return undefined;
    return this.run("forward", packet, outDevice) === "accept" ? outDevice : undefined;
  }

  private route({ source, destination }: Packet): string | undefined {
    const table = this.routing.tables.find((each) => contains(each.source, source))?.table;
    for (const each of ["main", table] as const) {
      const [longest] = this.routing.routes
        .filter((route) => route.table === each && contains(route.destination, destination))
        .toSorted((one, other) => prefixLengthOf(other.destination) - prefixLengthOf(one.destination));
      if (longest !== undefined) return longest.target === "blackhole" ? undefined : longest.target.device;
    }
    return undefined;
  }

  private run(name: string, packet: Packet, outDevice: string): "accept" | "drop" | "return" {
    for (const rule of this.chains.get(name)?.rules ?? []) {
      if (!matches(rule, packet, outDevice)) continue;
      if (typeof rule.verdict === "string") return rule.verdict;
      const verdict = this.run(rule.verdict.jump, packet, outDevice);
      if (verdict !== "return") return verdict;
    }
    return name === "forward" ? "drop" : "return";
  }
}

function base({ protocol, from, to }: Traffic, isReply = false) {
  const isIcmp = protocol === 1;
  return { protocol, port: isReply ? (isIcmp ? 0 : from) : to, isReply };
}

function matches(rule: Rule, packet: Packet, outDevice: string): boolean {
  const { inDevices, outDevices, sources, destinations, protocol, ports, icmp, state } = rule;
  return (
    (inDevices?.includes(packet.inDevice) ?? true) &&
    (outDevices?.includes(outDevice) ?? true) &&
    (sources?.some((range) => contains(range, packet.source)) ?? true) &&
    (destinations?.some((range) => contains(range, packet.destination)) ?? true) &&
    (protocol === undefined || protocol === packet.protocol) &&
    (ports === undefined || (packet.port >= ports[0] && packet.port <= ports[1])) &&
    (icmp === undefined || (icmp.type === packet.port && (icmp.code ?? 0) === 0)) &&
    (state === undefined || (state === "established" && packet.isReply))
  );
}
