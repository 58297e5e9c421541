/**
 * The official provider's spelling of values that programs may write differently.
 * Source: the StateFunc, DiffSuppressFunc and plan modifiers in terraform-provider-aws's schemas.
 */

/** IANA's numbers of the protocols that EC2 has names for. */
const protocolNumbers: Readonly<Record<string, string>> = {
  all: "-1",
  icmp: "1",
  tcp: "6",
  udp: "17",
  icmpv6: "58",
};

const protocolNames = new Map(Object.entries(protocolNumbers).map(([name, number]) => [number, name]));

/** The protocol of network ACLs: `TCP` is 6. */
export function protocolNumber(protocol: string): string {
  return protocolNumbers[protocol.toLowerCase()] ?? protocol;
}

/** The protocol of security groups: 6 and `TCP` are tcp, `all` is -1. */
export function protocolName(protocol: string): string {
  const name = protocolNames.get(protocol) ?? protocol.toLowerCase();
  return name === "all" ? "-1" : name;
}

export function upperCase(text: string): string {
  return text.toUpperCase();
}

export function lowerCase(text: string): string {
  return text.toLowerCase();
}

/** A flag as text, as in a launch template: the values of Go's `strconv.ParseBool`. */
export function flagSpelling(text: string): string {
  if (["1", "t", "T", "TRUE", "True"].includes(text)) return "true";
  return ["0", "f", "F", "FALSE", "False"].includes(text) ? "false" : text;
}
