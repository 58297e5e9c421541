import type { AclEntry, Vpc } from "../world";
import type { NatLink } from "./links";
import type { Chain, Rule } from "./ruleset";
import { protocols } from "./ruleset";
import { protocolNumber, trafficOf } from "./securityGroups";

const every = "0.0.0.0/0";

function compileEntry(entry: AclEntry): Rule {
  const protocol = protocolNumber(entry.protocol);
  const [from, to] =
    protocol === protocols.icmp ? [entry.icmpType, entry.icmpCode] : [entry.fromPort, entry.toPort];
  const side = entry.egress ? { destinations: [entry.cidr] } : { sources: [entry.cidr] };
  return {
    ...(entry.cidr === every ? {} : side),
    ...trafficOf(protocol, from, to),
    verdict: entry.action === "allow" ? "return" : "drop",
  };
}

export interface AclChains {
  readonly chains: readonly Chain[];
  /** The rules that send every packet through the lists of the subnet that it leaves, then of the one that it enters. */
  readonly dispatch: readonly Rule[];
}

/**
 * The network ACLs of a VPC, for every packet that crosses the border of a subnet. A packet to or from a NAT gateway
 * has an address of the internet: there, the device shows the subnet.
 */
export function compileAcls(vpc: Vpc, nats: readonly NatLink[]): AclChains {
  const chains: Chain[] = [];
  const leaving: Rule[] = [];
  const entering: Rule[] = [];
  for (const { id, cidr, aclId } of vpc.subnets) {
    const devices = nats.filter(({ subnetId }) => subnetId === id).map(({ device }) => device);
    const entries = (vpc.acls.find((acl) => acl.id === aclId)?.entries ?? []).toSorted(
      (one, other) => one.ruleNumber - other.ruleNumber,
    );
    const list = (egress: boolean): readonly Rule[] => [
      ...entries.filter((entry) => entry.egress === egress).map(compileEntry),
      { verdict: "drop" },
    ];
    const out: Chain = {
      name: `leave-${id}`,
      rules: [
        { destinations: [cidr], verdict: "return" },
        { outDevices: devices, verdict: "return" },
        ...list(true),
      ],
    };
    const into: Chain = {
      name: `enter-${id}`,
      rules: [
        { sources: [cidr], verdict: "return" },
        { inDevices: devices, verdict: "return" },
        ...list(false),
      ],
    };
    chains.push(out, into);
    leaving.push({ sources: [cidr], verdict: { jump: out.name } });
    leaving.push({ inDevices: devices, verdict: { jump: out.name } });
    entering.push({ destinations: [cidr], verdict: { jump: into.name } });
    entering.push({ outDevices: devices, verdict: { jump: into.name } });
  }
  return { chains, dispatch: [...leaving, ...entering] };
}
