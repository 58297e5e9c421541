import type { GroupRule, Interface, Vpc } from "../world";
import { withoutContained } from "./ipv4";
import { protocols, type Chain, type Rule } from "./ruleset";

const every = "0.0.0.0/0";
const byName: Readonly<Record<string, number>> = protocols;

/** The number of a protocol as AWS writes it, a name or a number; undefined for `-1`, every protocol. */
export function protocolNumber(protocol: string): number | undefined {
  if (protocol === "-1" || protocol === "all") return undefined;
  return byName[protocol] ?? Number(protocol);
}

function isSet(value: number | null): value is number {
  return value !== null && value !== -1;
}

/** The conditions of a rule's protocol and ports. ICMP keeps its type and code in the ports; -1 is every one. */
export function trafficOf(
  protocol: number | undefined,
  from: number | null,
  to: number | null,
): Partial<Rule> {
  if (protocol === undefined) return {};
  if (protocol === protocols.icmp) {
    return isSet(from) ? { protocol, icmp: { type: from, code: isSet(to) ? to : null } } : { protocol };
  }
  const hasPorts = protocol === protocols.tcp || protocol === protocols.udp;
  return hasPorts && isSet(from) && isSet(to) ? { protocol, ports: [from, to] } : { protocol };
}

/** The addresses that a rule names; a referenced group is the private addresses of its members. */
function peersOf(rule: GroupRule, members: readonly Interface[]): readonly string[] {
  const inGroups = members.filter(({ groups }) => groups.some((id) => rule.groups.includes(id)));
  return withoutContained([
    ...rule.cidrs,
    ...rule.prefixListCidrs,
    ...inGroups.map(({ privateIp }) => privateIp),
  ]);
}

function compileRule(rule: GroupRule, members: readonly Interface[]): Rule {
  const peers = peersOf(rule, members);
  const side = rule.egress ? { destinations: peers } : { sources: peers };
  return {
    ...(peers.includes(every) ? {} : side),
    ...trafficOf(protocolNumber(rule.protocol), rule.fromPort, rule.toPort),
    verdict: "return",
  };
}

export interface GroupChains {
  readonly chains: readonly Chain[];
  /** The rules that send a new connection through the chains of its source and its destination. */
  readonly dispatch: readonly Rule[];
}

/**
 * The security groups of a VPC, for packets that start a connection. Interfaces with the same groups share two chains:
 * a rule of any of the groups allows the packet, and the end of the chain drops it.
 */
export function compileGroups(vpc: Vpc, members: readonly Interface[]): GroupChains {
  const combinations = new Map<string, Interface[]>();
  for (const member of members) {
    const key = member.groups.toSorted().join(" ");
    combinations.set(key, [...(combinations.get(key) ?? []), member]);
  }
  const chains: Chain[] = [];
  const outbound: Rule[] = [];
  const inbound: Rule[] = [];
  for (const [key, interfaces] of combinations) {
    const ids = key.split(" ");
    const rules = vpc.securityGroups.filter(({ id }) => ids.includes(id)).flatMap((group) => group.rules);
    const addresses = interfaces.map(({ privateIp }) => privateIp);
    const name = `groups${chains.length / 2}`;
    const chain = (direction: string, egress: boolean): string => {
      const compiled = rules
        .filter((rule) => rule.egress === egress)
        .map((rule) => compileRule(rule, members));
      chains.push({ name: `${name}-${direction}`, rules: [...compiled, { verdict: "drop" }] });
      return `${name}-${direction}`;
    };
    outbound.push({ sources: addresses, verdict: { jump: chain("out", true) } });
    inbound.push({ destinations: addresses, verdict: { jump: chain("in", false) } });
  }
  return { chains, dispatch: [...outbound, ...inbound] };
}
