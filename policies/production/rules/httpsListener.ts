import type { StackFinding } from "../../support/finding";
import type { PropsOf } from "../../support/resourceTypes";
import { stackRule } from "../../support/rule";
import { isProtocol } from "../../support/spelling";
import { allOf, type StackResource } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import {
  balancersIn,
  classicListeners,
  isPlain,
  isSecure,
  modernListener,
  type Balancer,
} from "../../support/views/loadBalancers";

export const httpsListener = stackRule(
  {
    name: "https-listener",
    displayName: "Site served over HTTPS",
    description: "A load balancer that serves a site has an HTTPS listener.",
    why: "Without HTTPS, an attacker on the network path can read every WordPress password, and browsers warn visitors.",
    severity: "high",
    topics: ["encryption-in-transit"],
    fix: "Add a certificate of ACM, a listener with the protocol HTTPS, and a redirect from port 80.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-18",
    counterparts: { fsbp: ["ELB.18"], checkov: ["CKV_AWS_2"], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    yield* judgeEach(balancersIn(stack), (balancer) => judgeBalancer(balancer, stack));
  },
);

function* judgeBalancer(balancer: Balancer, stack: readonly StackResource[]): Iterable<StackFinding> {
  const { kind, resource } = balancer;
  if (kind === "gateway") return;
  const finding = {
    ...{ resource, at: "its listeners", value: "none with HTTPS", allowed: "an HTTPS listener" },
  };
  if (kind === "classic") {
    if (!classicListeners(resource).some(isSecure)) yield finding;
    return;
  }
  const all = allOf(stack, "aws:lb/listener:Listener").map((listener) => modernListener(stack, listener));
  const isOwn = ({ urn }: StackResource) => urn === resource.urn;
  const own = all.filter(({ balancers }) => balancers.certain.some(isOwn));
  const maybeOwn = all.filter(({ balancers }) => balancers.possible.some(isOwn));
  if (own.some(servesHttps)) return;
  // A network load balancer may serve something else than a site.
  const isSite = kind === "application" || (resource.props.internal !== true && servesSite(maybeOwn));
  if (!isSite) return;
  const doubt = maybeOwn.find((listener) => servesHttps(listener))?.balancers.unknown;
  if (doubt !== undefined) throw doubt;
  yield finding;
}

/** Whether visitors stay on HTTPS: a listener that only redirects to HTTP serves nothing. */
function servesHttps(listener: ReturnType<typeof modernListener>): boolean {
  return isSecure(listener) && !redirectsToHttp(listener.resource.props);
}

/** An action that authenticates visitors may come first. */
function redirectsToHttp({ defaultActions = [] }: Partial<PropsOf<"aws:lb/listener:Listener">>): boolean {
  return defaultActions.some(({ redirect }) => isProtocol(redirect?.protocol, "HTTP"));
}

function servesSite(listeners: readonly ReturnType<typeof modernListener>[]): boolean {
  return listeners.length === 0 || listeners.some(isPlain);
}
