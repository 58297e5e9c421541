/**
 * How the official provider spells what programs may spell otherwise.
 * Source: the StateFunc, DiffSuppressFunc and plan modifiers in terraform-provider-aws's schemas.
 */

/** IANA's numbers, of the protocols that EC2 names. */
const protocolNumbers: Readonly<Record<string, string>> = {
  all: "-1",
  icmp: "1",
  tcp: "6",
  udp: "17",
  icmpv6: "58",
};

const protocolNames = new Map(Object.entries(protocolNumbers).map(([name, number]) => [number, name]));

/** As network ACLs have protocols: `TCP` is 6. */
export function protocolNumber(protocol: string): string {
  return protocolNumbers[protocol.toLowerCase()] ?? protocol;
}

/** As security groups have them: 6 and `TCP` are tcp, `all` is -1. */
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

/** A flag that is a text, as in a launch template: what Go's `strconv.ParseBool` takes. */
export function flagSpelling(text: string): string {
  if (["1", "t", "T", "TRUE", "True"].includes(text)) return "true";
  return ["0", "f", "F", "FALSE", "False"].includes(text) ? "false" : text;
}
