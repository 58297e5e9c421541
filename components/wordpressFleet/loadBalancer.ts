import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { Family } from "./family";
import { healthCheck } from "./healthCheck";
import type { FleetSettings } from "./settings";

/** TLS 1.3 and 1.2 with forward secrecy only, post-quantum where the visitor can. AWS's recommendation. */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** The load balancer, open to the world, in two zones or more. */
export function createLoadBalancer(
  { name, tags, parent }: Family,
  { loadBalancerDeletionProtection }: FleetSettings,
  place: { readonly subnets: pulumi.Input<string[]>; readonly securityGroupId: pulumi.Input<string> },
): aws.lb.LoadBalancer {
  const loadBalancerName = `${name}-alb`;
  return new aws.lb.LoadBalancer(
    loadBalancerName,
    {
      loadBalancerType: "application",
      internal: false,
      subnets: place.subnets,
      securityGroups: [place.securityGroupId],
      // Names that servers might read otherwise than the load balancer are an old way to smuggle requests.
      dropInvalidHeaderFields: true,
      enableDeletionProtection: loadBalancerDeletionProtection,
      // Seconds. Servers keep connections longer, so that none closes while a request is on its way.
      idleTimeout: 60,
      tags: named(loadBalancerName, tags),
    },
    { parent },
  );
}

/** Where the group puts its servers and the load balancer finds them. */
export function createTargetGroup(
  { name, tags, parent }: Family,
  { targetGroupName, deregistrationDelaySeconds }: FleetSettings,
  vpcId: pulumi.Input<string>,
): aws.lb.TargetGroup {
  return new aws.lb.TargetGroup(
    `${name}-servers`,
    {
      name: targetGroupName,
      vpcId,
      targetType: "instance",
      protocol: "HTTP",
      port: 80,
      deregistrationDelay: deregistrationDelaySeconds,
      healthCheck,
      tags: named(targetGroupName, tags),
    },
    // Its name is fixed, so the old one has to go first.
    { parent, deleteBeforeReplace: true },
  );
}

/** What visitors get: the site over HTTP; or, with a certificate, over HTTPS and from HTTP sent there. */
export function createListeners(
  { name, tags, parent }: Family,
  loadBalancer: aws.lb.LoadBalancer,
  targetGroup: aws.lb.TargetGroup,
  certificateArn: pulumi.Input<string> | undefined,
): readonly aws.lb.Listener[] {
  const listener = (protocol: "http" | "https", args: Omit<aws.lb.ListenerArgs, "loadBalancerArn">) =>
    new aws.lb.Listener(
      `${name}-${protocol}`,
      { loadBalancerArn: loadBalancer.arn, ...args, tags: named(`${name}-${protocol}`, tags) },
      { parent },
    );
  const forward = { type: "forward", targetGroupArn: targetGroup.arn };
  if (certificateArn === undefined) {
    return [listener("http", { protocol: "HTTP", port: 80, defaultActions: [forward] })];
  }
  const redirect = {
    type: "redirect",
    redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
  };
  return [
    listener("http", { protocol: "HTTP", port: 80, defaultActions: [redirect] }),
    listener("https", {
      protocol: "HTTPS",
      port: 443,
      sslPolicy: tlsPolicy,
      certificateArn,
      defaultActions: [forward],
    }),
  ];
}
