import type { Interface, Vpc } from "../world";
import { compileAcls } from "./accessLists";
import { addressAt } from "./ipv4";
import { internetDevice, type Link, type NatLink } from "./links";
import { endpointRanges } from "./routes";
import { chainText, type Chain, type Rule } from "./ruleset";
import { compileGroups } from "./securityGroups";

/** The addresses that every VPC has: the resolver's second one, and the metadata service. */
export const linkLocal = { resolver: "169.254.169.253", metadata: "169.254.169.254" } as const;

/** The addresses of the VPC's resolver; none without `enableDnsSupport`. */
export function resolverAddresses(vpc: Vpc): readonly string[] {
  const [primary] = vpc.cidrs;
  if (!vpc.dnsSupport) return [];
  return [linkLocal.resolver, ...(primary === undefined ? [] : [addressAt(primary, 2)])];
}

/** What the rules of a VPC depend on. */
export interface FirewallInput {
  readonly vpc: Vpc;
  /** All interfaces of the VPC, connected or not: security groups reference them. */
  readonly members: readonly Interface[];
  readonly links: readonly Link[];
  readonly nats: readonly NatLink[];
  /** The VPC's own address on its link with the internet. */
  readonly hop: string;
  /** `HttpPutResponseHopLimit` by the private address of an instance. */
  readonly hopLimits: ReadonlyMap<string, number>;
}

/**
 * Public addresses and their private ones, as far as the VPC has an internet gateway. An address that moves can be that
 * of two links for a moment: the first one counts.
 */
export function publishedAddresses(input: Pick<FirewallInput, "vpc" | "links" | "nats">) {
  if (input.vpc.internetGatewayId === null) return [];
  const published = new Map<string, string>();
  for (const { publicIp, privateIp } of [...input.links.flatMap((link) => link.interfaces), ...input.nats]) {
    if (publicIp !== null && !published.has(publicIp)) published.set(publicIp, privateIp);
  }
  return [...published].map(([publicIp, privateIp]) => ({ publicIp, privateIp }));
}

/** The chains for packets between interfaces, or between an interface and the internet. `forward` is the first one. */
export function compileForwarding(input: FirewallInput): readonly Chain[] {
  const { vpc, members, nats } = input;
  const groups = compileGroups(vpc, members);
  const acls = compileAcls(vpc, nats);
  const published = publishedAddresses(input).map(({ privateIp }) => privateIp);
  const internet: Chain = {
    name: "to-internet",
    rules: [
      { sources: published, verdict: "return" },
      { destinations: endpointRanges(vpc), verdict: "return" },
      { verdict: "drop" },
    ],
  };
  const gateways = nats.map(({ device }) => device);
  const forward: readonly Rule[] = [
    // A NAT gateway needs a route to an internet gateway. Through another one, or itself, packets could go in circles.
    { inDevices: gateways, outDevices: gateways, verdict: "drop" },
    { outDevices: [internetDevice], verdict: { jump: internet.name } },
    ...acls.dispatch,
    { state: "established", verdict: "accept" },
    { state: "invalid", verdict: "drop" },
    ...groups.dispatch,
    { verdict: "accept" },
  ];
  return [{ name: "forward", rules: forward }, internet, ...acls.chains, ...groups.chains];
}

function lines(...parts: readonly (string | readonly string[])[]): string {
  return parts.flat().join("\n");
}

function elements(values: readonly string[]): string {
  return values.length === 0 ? "" : `elements = { ${values.join(", ")} }`;
}

/** Only the sources that a device has, and from the internet only what is addressed to a public address. */
function arriving({ links, nats, hop }: FirewallInput, published: readonly string[]): string {
  const sources = links.flatMap(({ device, interfaces }) =>
    interfaces.map(({ privateIp }) => `"${device}" . ${privateIp}`),
  );
  const gateways = nats.map(({ device }) => `iifname "${device}" accept`);
  return lines(
    `set sources { type ifname . ipv4_addr; ${elements(sources)} }`,
    `set public { type ipv4_addr; ${elements([hop, ...published])} }`,
    "chain arriving {",
    "type filter hook prerouting priority raw; policy drop;",
    'iifname "lo" accept',
    `iifname "${internetDevice}" ip daddr @public accept`,
    gateways,
    "iifname . ip saddr @sources accept",
    "}",
  );
}

/** One-to-one translation of public addresses by the internet gateway. */
function translation(input: FirewallInput): string {
  const published = publishedAddresses(input);
  const ranges = endpointRanges(input.vpc);
  const inward = published.map(({ publicIp, privateIp }) => `${publicIp} : ${privateIp}`);
  const outward = published.map(({ publicIp, privateIp }) => `${privateIp} : ${publicIp}`);
  return lines(
    `map inward { type ipv4_addr : ipv4_addr; ${elements(inward)} }`,
    `map outward { type ipv4_addr : ipv4_addr; ${elements(outward)} }`,
    "chain from-internet {",
    "type nat hook prerouting priority dstnat;",
    `iifname "${internetDevice}" dnat to ip daddr map @inward`,
    "}",
    "chain into-internet {",
    "type nat hook postrouting priority srcnat;",
    ranges.map((range) => `oifname "${internetDevice}" ip daddr ${range} snat to ${input.hop}`),
    `oifname "${internetDevice}" snat to ip saddr map @outward`,
    "}",
  );
}

/** The VPC's own services: no security group or ACL applies to them, and the router answers nothing else. */
function services({ vpc, hopLimits }: FirewallInput): string {
  const resolvers = resolverAddresses(vpc);
  const limits = [...new Set(hopLimits.values())].map((limit) => {
    const addresses = [...hopLimits].filter(([, each]) => each === limit).map(([address]) => address);
    return `ip saddr ${linkLocal.metadata} ip daddr { ${addresses.join(", ")} } ip ttl set ${limit}`;
  });
  return lines(
    "chain services {",
    "type filter hook input priority filter; policy drop;",
    'iifname "lo" accept',
    `iifname "${internetDevice}" drop`,
    resolvers.map((address) => `ip daddr ${address} meta l4proto { tcp, udp } th dport 53 accept`),
    `ip daddr ${linkLocal.metadata} tcp dport 80 accept`,
    "}",
    "chain answers {",
    "type filter hook output priority filter; policy accept;",
    "icmp type { destination-unreachable, redirect, time-exceeded } drop",
    limits,
    "}",
  );
}

/** The whole ruleset of a VPC's namespace as input of `nft -f`: it replaces the former one in one step. */
export function rulesetText(input: FirewallInput): string {
  const [forward, ...others] = compileForwarding(input);
  const hook = "type filter hook forward priority filter; policy drop;";
  const published = publishedAddresses(input).map(({ publicIp }) => publicIp);
  return lines(
    "table ip vpc {}",
    "delete table ip vpc",
    "table ip vpc {",
    arriving(input, published),
    translation(input),
    services(input),
    others.map((chain) => chainText(chain)),
    forward === undefined ? [] : chainText(forward, hook),
    "}",
    "",
  );
}
