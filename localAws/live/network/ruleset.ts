/**
 * The filter of a VPC as data: the compilers write it, tests interpret it, `printRuleset` gives nftables its text.
 * All conditions of a rule must be true; a list that is empty matches nothing.
 */
export interface Rule {
  readonly inDevices?: readonly string[];
  readonly outDevices?: readonly string[];
  /** IPv4 addresses and ranges. */
  readonly sources?: readonly string[];
  readonly destinations?: readonly string[];
  /** The number of an IP protocol. */
  readonly protocol?: number;
  /** Destination ports, the first and the last one. Only for TCP and UDP. */
  readonly ports?: readonly [number, number];
  /** Only for ICMP; null is every code. */
  readonly icmp?: { readonly type: number; readonly code: number | null };
  /** What connection tracking knows of the packet; `established` includes related ICMP errors. */
  readonly state?: "established" | "invalid";
  readonly verdict: Verdict;
}

export type Verdict = "accept" | "drop" | "return" | { readonly jump: string };

export interface Chain {
  readonly name: string;
  readonly rules: readonly Rule[];
}

export const protocols = { icmp: 1, tcp: 6, udp: 17 } as const;

function set(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? "") : `{ ${values.join(", ")} }`;
}

function names(devices: readonly string[]): string {
  return set(devices.map((device) => `"${device}"`));
}

function matchesOfProtocol({ protocol, ports, icmp }: Rule): readonly string[] {
  if (protocol === undefined) return [];
  if (protocol === protocols.icmp && icmp !== undefined) {
    return [`icmp type ${icmp.type}`, ...(icmp.code === null ? [] : [`icmp code ${icmp.code}`])];
  }
  const name = protocol === protocols.tcp ? "tcp" : protocol === protocols.udp ? "udp" : undefined;
  if (ports === undefined || name === undefined) return [`ip protocol ${protocol}`];
  return [`${name} dport ${ports[0]}-${ports[1]}`];
}

function verdictText(verdict: Verdict): string {
  return typeof verdict === "string" ? verdict : `jump ${verdict.jump}`;
}

function ruleText(rule: Rule): readonly string[] {
  const { inDevices, outDevices, sources, destinations, state, verdict } = rule;
  if ([inDevices, outDevices, sources, destinations].some((list) => list?.length === 0)) return [];
  const parts = [
    ...(inDevices === undefined ? [] : [`iifname ${names(inDevices)}`]),
    ...(outDevices === undefined ? [] : [`oifname ${names(outDevices)}`]),
    ...(sources === undefined ? [] : [`ip saddr ${set(sources)}`]),
    ...(destinations === undefined ? [] : [`ip daddr ${set(destinations)}`]),
    ...matchesOfProtocol(rule),
    ...(state === undefined
      ? []
      : [`ct state ${state === "established" ? "established,related" : "invalid"}`]),
    verdictText(verdict),
  ];
  return [parts.join(" ")];
}

/** A chain in nftables' language; `hook` makes it a base chain. */
export function chainText({ name, rules }: Chain, hook?: string): string {
  const lines = [...(hook === undefined ? [] : [hook]), ...rules.flatMap(ruleText)];
  return [`chain ${name} {`, ...lines.map((line) => `  ${line}`), "}"].join("\n");
}
