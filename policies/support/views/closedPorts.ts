import { wholeNumber, wholeNumbers, type ValuesOf } from "../settings";
import { letsIn, type IngressRule } from "./ingress";

/** Services that the internet must not reach: those of Security Hub's EC2.19, and those that other scanners check. */
const tcpPorts = [
  ...[20, 21, 22, 23, 25, 53, 88, 110, 111, 135, 137, 138, 139, 143, 389, 445, 512, 513, 514, 548, 636, 873],
  ...[1433, 1434, 1521, 1522, 2049, 2181, 2222, 2375, 2376, 2377, 2379, 2380, 2483, 2484, 3000, 3260, 3268],
  ...[3306, 3389, 4333, 4369, 4505, 4506, 5000, 5432, 5433, 5439, 5500, 5555, 5601, 5672, 5900, 5901, 5984],
  ...[5985, 5986, 6000, 6379, 6380, 6443, 7000, 7001, 7199, 7474, 7687, 8009, 8020, 8080, 8086, 8088, 8089],
  ...[8161, 8200, 8500, 8888, 9001, 9042, 9090, 9092, 9160, 9200, 9300, 10_000, 10_250, 10_255, 11_211],
  ...[11_214, 11_215, 15_672, 16_010, 25_672, 27_017, 27_018, 27_019, 33_060, 50_070, 50_470, 61_616],
];

/** Remote desktop, file sharing, management, and services that attackers use to amplify traffic. */
const udpPorts = [
  ...[53, 69, 88, 111, 137, 138, 161, 162, 177, 389, 445, 514, 623, 1434, 1900, 2049, 3389, 5353, 11_211],
];

/** The ports, and which ranges count as the internet. */
export const closedPorts = {
  ports: wholeNumbers({
    default: tcpPorts,
    minimum: 0,
    maximum: 65_535,
    description:
      "The TCP ports that must not be open to the internet; the default is those of remote access, file sharing, databases, queues and administration",
  }),
  udpPorts: wholeNumbers({
    default: udpPorts,
    minimum: 0,
    maximum: 65_535,
    description: "The UDP ports that must not be open to the internet",
  }),
  shortestIpv4Prefix: wholeNumber({
    default: 8,
    minimum: 1,
    maximum: 32,
    description:
      "An IPv4 range with a shorter prefix counts as the internet, and so do ranges that are larger together",
  }),
  shortestIpv6Prefix: wholeNumber({
    default: 32,
    minimum: 1,
    maximum: 128,
    description:
      "An IPv6 range with a shorter prefix counts as the internet, and so do ranges that are larger together",
  }),
};

export type ClosedPorts = ValuesOf<typeof closedPorts>;

/** A port as messages name it: `22`, or `UDP 3389`. */
export type ClosedPort = string;

/** The closed ports that a rule lets in. */
export function closedPortsIn(
  rule: Pick<IngressRule, "protocol" | "ports">,
  { ports, udpPorts: udp }: ClosedPorts,
): readonly ClosedPort[] {
  return [
    ...ports.filter((port) => letsIn("tcp", port, rule)).map(String),
    ...udp.filter((port) => letsIn("udp", port, rule)).map((port) => `UDP ${String(port)}`),
  ];
}

export function shortestPrefixes({ shortestIpv4Prefix, shortestIpv6Prefix }: ClosedPorts) {
  return { ipv4: shortestIpv4Prefix, ipv6: shortestIpv6Prefix };
}

/** The allowed ranges, as messages state them. */
export function allowedRanges({ shortestIpv4Prefix, shortestIpv6Prefix }: ClosedPorts): string {
  return `ranges of /${String(shortestIpv4Prefix)} (IPv6: /${String(shortestIpv6Prefix)}) or narrower`;
}

/** The ports in a message: all of a few, else the first ones and the number of the others. */
export function portsText(ports: readonly string[]): string {
  const shown = 5;
  const more = ports.length - shown;
  return more > 1 ? `${ports.slice(0, shown).join(", ")} and ${String(more)} more` : ports.join(", ");
}
