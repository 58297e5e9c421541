import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import { InvalidSettingsError } from "../settings/problem";
import { healthCheck } from "./healthCheck";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";

/** TLS 1.3 and 1.2 with forward secrecy, post-quantum with browsers that support it. AWS recommends this policy. */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** The internet-facing load balancer, in two zones or more. */
export function createLoadBalancer(
  { name, tags, parent }: FleetScope,
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
      // Servers may parse invalid header names differently than the load balancer does, which allows request smuggling.
      dropInvalidHeaderFields: true,
      enableDeletionProtection: loadBalancerDeletionProtection,
      // Seconds. Servers keep connections open for longer, so none closes while a request is sent.
      idleTimeout: 60,
      tags: named(loadBalancerName, tags),
    },
    { parent, protect: loadBalancerDeletionProtection },
  );
}

/** AWS allows 32 characters for a target group's name: the component's, `-servers` and Pulumi's 8 random ones. */
const longestForGeneratedName = 16;

/** @throws InvalidSettingsError when the component's name leaves no room for a generated target group name. */
export function assertTargetGroupNameFits(
  subject: string,
  name: string,
  { targetGroupName }: FleetSettings,
): void {
  if (targetGroupName !== undefined || name.length <= longestForGeneratedName) return;
  const allowed = `a name: the component's name has more than ${String(longestForGeneratedName)} characters, which leaves no room for a generated one`;
  throw new InvalidSettingsError(subject, [{ path: "targetGroupName", value: targetGroupName, allowed }]);
}

/** The target group: the Auto Scaling group registers its servers in it, and the load balancer forwards to it. */
export function createTargetGroup(
  { name, tags, parent }: FleetScope,
  { targetGroupName, deregistrationDelaySeconds }: FleetSettings,
  vpcId: pulumi.Input<string>,
): aws.lb.TargetGroup {
  const resourceName = `${name}-servers`;
  return new aws.lb.TargetGroup(
    resourceName,
    {
      ...(targetGroupName === undefined ? {} : { name: targetGroupName }),
      vpcId,
      targetType: "instance",
      protocol: "HTTP",
      port: 80,
      deregistrationDelay: deregistrationDelaySeconds,
      healthCheck,
      tags: named(targetGroupName ?? resourceName, tags),
    },
    // AWS does not delete a target group that a listener forwards to, so the replacement is created first. With a name
    // from the program, even a changed one, the provider would delete first.
    { parent, deleteBeforeReplace: false },
  );
}

/** Listeners: HTTP forwards to the site; with a certificate, HTTPS forwards and HTTP redirects to it. */
export function createListeners(
  { name, tags, parent }: FleetScope,
  { loadBalancerDeletionProtection }: FleetSettings,
  loadBalancer: aws.lb.LoadBalancer,
  targetGroup: aws.lb.TargetGroup,
  certificateArn: pulumi.Input<string> | undefined,
): readonly aws.lb.Listener[] {
  const listener = (protocol: "http" | "https", args: Omit<aws.lb.ListenerArgs, "loadBalancerArn">) =>
    new aws.lb.Listener(
      `${name}-${protocol}`,
      { loadBalancerArn: loadBalancer.arn, ...args, tags: named(`${name}-${protocol}`, tags) },
      { parent, protect: loadBalancerDeletionProtection },
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
