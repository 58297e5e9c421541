import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";

import { bad, good, type PolicyCase } from "./case";
import { makeNetwork } from "./parts";

export const arn = (what: string) => `arn:aws:elasticloadbalancing:us-east-1:123456789012:${what}`;
export const forward = [{ type: "forward", targetGroupArn: arn("targetgroup/servers/0a") }];
export const redirectTo = (redirect: Partial<aws.types.input.lb.ListenerDefaultActionRedirect>) => [
  { type: "redirect", redirect: { statusCode: "HTTP_301", ...redirect } },
];
export const toHttps = redirectTo({ protocol: "HTTPS", port: "443" });
export const current = "ELBSecurityPolicy-TLS13-1-2-2021-06";

export const listen = (
  name: string,
  changed: Partial<aws.lb.ListenerArgs>,
  balancer: Input<string> = arn("loadbalancer/app/site/0a"),
) => new aws.lb.Listener(name, { loadBalancerArn: balancer, defaultActions: forward, ...changed });

export const secured = { port: 443, protocol: "HTTPS", sslPolicy: current, certificateArn: "certificate" };
export const securedNetwork = { ...secured, protocol: "TLS" };

/** A listener of another stack's balancer. */
export const listener = (
  rule: string,
  changed: Partial<aws.lb.ListenerArgs>,
  balancer?: string,
): PolicyCase => bad(rule, (n) => listen(n, changed, balancer));
export const safeListener = (changed: Partial<aws.lb.ListenerArgs>, balancer?: string): PolicyCase =>
  good((n) => listen(n, changed, balancer), "tls-policy");

export function makeBalancer(
  name: string,
  loadBalancerType: string,
  changed: Partial<aws.lb.LoadBalancerArgs> = {},
) {
  const { a, b } = makeNetwork(name);
  return new aws.lb.LoadBalancer(name, {
    ...{ loadBalancerType, subnets: [a.id, b.id], enableDeletionProtection: true, ...changed },
  });
}

export const classic = (listeners: aws.types.input.elb.LoadBalancerListener[], name: string) => {
  const { a, b } = makeNetwork(name);
  return new aws.elb.LoadBalancer(name, { subnets: [a.id, b.id], listeners });
};
export const plain = { instancePort: 80, instanceProtocol: "http", lbPort: 80, lbProtocol: "http" };
export const secure = { ...plain, lbPort: 443, lbProtocol: "HTTPS", sslCertificateId: "certificate" };
