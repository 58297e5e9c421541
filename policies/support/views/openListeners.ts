import { required } from "../required";
import { isResource, type AnyResource, type PropsOf } from "../resourceTypes";
import { amount } from "../spelling";
import { allOf, type StackResource } from "../stack";
import { tryRead } from "../unknown";
import type { IngressRule } from "./ingress";
import { balancersIn, modernListener } from "./loadBalancers";

/** A listener that no security group protects, with the ports of the internet that it lets in. */
export interface OpenListener {
  readonly resource: StackResource;
  readonly at: string;
  readonly ports: readonly Pick<IngressRule, "protocol" | "ports">[];
}

type Ports = OpenListener["ports"][number];

/** The listeners of network load balancers that are public and have no security groups. */
export function* openListeners(stack: readonly StackResource[]): Iterable<OpenListener> {
  const open = balancersIn(stack).filter(
    ({ kind, resource }) => kind === "network" && resource.props.internal !== true && hasNoGroups(resource),
  );
  for (const resource of allOf(stack, "aws:lb/listener:Listener")) {
    const { protocol, port, balancers } = modernListener(stack, resource);
    const isOpen = balancers.certain.some(({ urn }) =>
      open.some((balancer) => balancer.resource.urn === urn),
    );
    if (!isOpen || port === undefined) continue;
    yield { resource, at: "port", ports: protocolsOf(protocol).map((name) => portsOf(name, port, port)) };
  }
}

/** What a listener of Global Accelerator, which is always public, lets in. */
export function acceleratedPorts({
  protocol,
  portRanges,
}: PropsOf<"aws:globalaccelerator/listener:Listener">): readonly Ports[] {
  const name = required(protocol, "protocol").toLowerCase();
  return required(portRanges, "portRanges").map(({ fromPort, toPort }) => portsOf(name, fromPort, toPort));
}

function portsOf(protocol: string, from: unknown, to: unknown): Ports {
  return { protocol: () => protocol, ports: () => [amount(from), amount(to)] };
}

function protocolsOf(protocol: string | undefined): readonly string[] {
  if (protocol === "TCP_UDP") return ["tcp", "udp"];
  return protocol === "UDP" || protocol === "QUIC" ? ["udp"] : ["tcp"];
}

/** An unknown list has groups. */
function hasNoGroups(resource: AnyResource): boolean {
  if (!isResource(resource, "aws:lb/loadBalancer:LoadBalancer")) return false;
  const groups = tryRead(() => resource.props.securityGroups ?? []);
  return groups.known && groups.value.length === 0;
}
