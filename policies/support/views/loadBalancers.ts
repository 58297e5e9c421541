import { referencesOf, type References } from "../references";
import { required } from "../required";
import { allOf, type StackResource, type StackResourceOf } from "../stack";
import { tryRead } from "../unknown";

type Modern = StackResourceOf<"aws:lb/loadBalancer:LoadBalancer">;
type Classic = StackResourceOf<"aws:elb/loadBalancer:LoadBalancer">;
type ListenerResource = StackResourceOf<"aws:lb/listener:Listener">;

export type BalancerKind = "application" | "network" | "gateway" | "classic";

/** A load balancer, of any of AWS's four kinds. */
export type Balancer =
  | { readonly kind: Exclude<BalancerKind, "classic">; readonly resource: Modern }
  | { readonly kind: "classic"; readonly resource: Classic };

/** The stack's load balancers. */
export function balancersIn(stack: readonly StackResource[]): readonly Balancer[] {
  return [
    ...allOf(stack, "aws:lb/loadBalancer:LoadBalancer").map((resource) => ({
      kind: kindOf(resource),
      resource,
    })),
    ...allOf(stack, "aws:elb/loadBalancer:LoadBalancer").map((resource) => ({
      kind: "classic" as const,
      resource,
    })),
  ];
}

function kindOf({ props: { loadBalancerType } }: Modern): ModernListener["kind"] {
  return loadBalancerType === "network" || loadBalancerType === "gateway" ? loadBalancerType : "application";
}

/** A listener of a load balancer of any kind. */
export type Listener = ModernListener | ClassicListener;

export interface ModernListener {
  readonly kind: Exclude<BalancerKind, "classic">;
  readonly resource: ListenerResource;
  readonly protocol: string | undefined;
  readonly port: number | undefined;
  /** Whether only clients in the VPC reach it; undefined if the load balancer is not in the stack. */
  readonly internal: boolean | undefined;
  readonly balancers: References<"aws:lb/loadBalancer:LoadBalancer">;
}

export interface ClassicListener {
  readonly kind: "classic";
  readonly resource: Classic;
  /** Its path in the load balancer's properties, e.g. `listeners[0]`. */
  readonly at: string;
  readonly protocol: string;
  readonly port: number;
  readonly internal: boolean;
}

/** A listener resource as every rule sees it: the protocol in upper case, or the default one. */
export function modernListener(stack: readonly StackResource[], resource: ListenerResource): ModernListener {
  const at = "loadBalancerArn";
  const balancers = referencesOf(stack, resource, at, "aws:lb/loadBalancer:LoadBalancer", { key: "arn" });
  const [balancer] = balancers.possible;
  const { port, protocol: written } = resource.props;
  const kind =
    balancer === undefined ? kindByProps(resource, written?.toUpperCase(), port) : kindOf(balancer);
  const isDefault = (written ?? "") === "" && kind === "application";
  return {
    kind,
    resource,
    port,
    protocol: isDefault ? "HTTP" : written?.toUpperCase(),
    internal: balancer === undefined ? undefined : balancer.props.internal === true,
    balancers,
  };
}

/** Of a load balancer of another stack: by its ARN, e.g. `…:loadbalancer/net/…`, else by what only one kind has. */
function kindByProps(
  resource: ListenerResource,
  protocol: string | undefined,
  port: number | undefined,
): ModernListener["kind"] {
  const arn = tryRead((): unknown => resource.props.loadBalancerArn);
  const [, inArn] =
    arn.known && typeof arn.value === "string" ? (/:loadbalancer\/(\w+)\//.exec(arn.value) ?? []) : [];
  if (inArn === "app") return "application";
  if (inArn === "net") return "network";
  if (inArn === "gwy") return "gateway";
  if (protocol === undefined && port === undefined) return "gateway";
  return protocol === undefined || protocol.startsWith("HTTP") ? "application" : "network";
}

/** The listeners of a classic load balancer. */
export function classicListeners(resource: Classic): readonly ClassicListener[] {
  const { listeners, internal } = resource.props;
  return required(listeners, "listeners", resource).map(({ lbProtocol, lbPort }, index) => ({
    ...{ kind: "classic", resource, at: `listeners[${String(index)}]`, port: lbPort },
    ...{
      protocol: required(lbProtocol, `listeners[${String(index)}].lbProtocol`, resource).toUpperCase(),
      internal: internal === true,
    },
  }));
}

/** Ports of plain HTTP. A listener that passes TCP on hides its protocol. */
const plainPorts: readonly (number | undefined)[] = [80, 81, 8000, 8008, 8080, 8888];
/** Ports of HTTPS. */
const securePorts: readonly (number | undefined)[] = [443, 8443];

/** Whether visitors send plain HTTP to it. */
export function isPlain({ kind, protocol, port, internal }: Listener): boolean {
  if (protocol === "HTTP") return true;
  return isPassingOn(protocol) && kind !== "application" && internal !== true && plainPorts.includes(port);
}

/** Whether visitors send HTTPS to it, which ends here or at the servers. */
export function isSecure({ kind, protocol, port }: Listener): boolean {
  if (protocol === "HTTPS" || protocol === "TLS" || protocol === "SSL") return true;
  return isPassingOn(protocol) && kind !== "application" && securePorts.includes(port);
}

/** Whether it ends TLS, and so has a policy for it. */
export function endsTls({ protocol }: Listener): boolean {
  return protocol === "HTTPS" || protocol === "TLS" || protocol === "SSL";
}

function isPassingOn(protocol: string | undefined): boolean {
  return protocol !== undefined && ["TCP", "TCP_UDP", "QUIC", "TCP_QUIC"].includes(protocol);
}
