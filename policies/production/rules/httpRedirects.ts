import type { StackFinding } from "../../support/finding";
import { referencesOf } from "../../support/references";
import { stackRule } from "../../support/rule";
import { allOf, referredTo, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import {
  classicListeners,
  isPlain,
  modernListener,
  type ClassicListener,
  type ModernListener,
} from "../../support/views/loadBalancers";

export const httpRedirects = stackRule(
  {
    name: "http-redirects",
    displayName: "HTTP redirects to HTTPS",
    description: "A listener for plain HTTP, and every rule of it, only redirects to HTTPS.",
    why: "An attacker on the network path can read and change a page or a login that is sent over plain HTTP.",
    severity: "high",
    topics: ["encryption-in-transit"],
    fix: "Set a redirect to HTTPS, port 443, with status code HTTP_301 as the only action.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1",
    counterparts: {
      fsbp: ["ELB.1", "ELB.18", "ELB.3"],
      checkov: ["CKV_AWS_2", "CKV2_AWS_20", "CKV_AWS_376"],
      cdkNag: ["AwsSolutions-ELB5"],
    },
    settings: {},
  },
  function* (stack) {
    yield* judgeEach(allOf(stack, "aws:lb/listener:Listener"), (resource) =>
      judgeListener(modernListener(stack, resource), stack),
    );
    yield* judgeEach(allOf(stack, "aws:lb/listenerRule:ListenerRule"), (rule) => judgeRule(rule, stack));
    yield* judgeEach(allOf(stack, "aws:elb/loadBalancer:LoadBalancer"), (balancer) =>
      judgeEach(classicListeners(balancer).filter(isPlain), judgeClassic),
    );
  },
);

function* judgeListener(listener: ModernListener, stack: readonly StackResource[]): Iterable<StackFinding> {
  const { kind, resource, protocol, port } = listener;
  if (!isPlain(listener)) return;
  if (kind === "application") {
    yield* judgeActions(resource, "defaultActions", resource.props.defaultActions);
  } else if (!isBeforeApplication(resource, stack)) {
    yield {
      ...{ resource, at: "protocol", value: `${String(protocol)} on port ${String(port)}` },
      allowed: "TLS, or an application load balancer that redirects",
      fix: "A network load balancer cannot redirect: remove the listener, or forward to an application load balancer.",
    };
  }
}

/** Whether a network load balancer forwards to an application load balancer, whose own listener is judged. */
function isBeforeApplication(listener: StackResource, stack: readonly StackResource[]): boolean {
  const token = "aws:lb/targetGroup:TargetGroup";
  const place = { member: "targetGroupArn", key: "arn" };
  const { possible } = referencesOf(stack, listener, "defaultActions", token, place);
  const targets = possible.length > 0 ? possible : referredTo(listener, "defaultActions", token);
  return targets.length > 0 && targets.every(({ props }) => props.targetType === "alb");
}

function* judgeRule(
  rule: StackResourceOf<"aws:lb/listenerRule:ListenerRule">,
  stack: readonly StackResource[],
): Iterable<StackFinding> {
  const token = "aws:lb/listener:Listener";
  const listeners = referencesOf(stack, rule, "listenerArn", token, { key: "arn" });
  const isHttp = (resource: StackResourceOf<typeof token>) => isPlain(modernListener(stack, resource));
  if (!listeners.possible.some(isHttp)) return;
  const findings = [...judgeActions(rule, "actions", rule.props.actions)];
  if (findings.length === 0) return;
  if (listeners.unknown !== undefined) throw listeners.unknown;
  yield* findings;
}

interface Action {
  readonly type: string;
  readonly redirect?:
    { readonly protocol?: string | undefined; readonly port?: string | undefined } | undefined;
}

function* judgeActions(
  resource: StackResource,
  property: string,
  actions: readonly Action[],
): Iterable<StackFinding> {
  yield* judgeEach(actions, function* ({ type, redirect }, index) {
    const at = `${property}[${String(index)}]`;
    const protocol = redirect?.protocol;
    const port = redirect?.port;
    if (type !== "redirect") {
      yield { resource, at: `${at}.type`, value: type, allowed: '"redirect"' };
    } else if (protocol?.toUpperCase() !== "HTTPS") {
      yield { resource, at: `${at}.redirect.protocol`, value: protocol, allowed: '"HTTPS"' };
    } else if (port === undefined || port === "#{port}" || port === "80") {
      // AWS keeps the port of the request when none is set.
      yield { resource, at: `${at}.redirect.port`, value: port, allowed: 'the port of HTTPS, "443"' };
    }
  });
}

function* judgeClassic({ resource, at, protocol, port }: ClassicListener): Iterable<StackFinding> {
  yield {
    ...{ resource, at: `${at}.lbProtocol`, value: `${protocol} on port ${String(port)}` },
    allowed: "HTTPS or SSL",
    fix: "A classic load balancer cannot redirect: remove the listener, or use an application load balancer.",
  };
}
