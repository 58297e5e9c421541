import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import type { End, Flow } from "./flows";
import type { SecurityGroups } from "./securityGroups";

/** What all rules share. */
export interface RuleContext {
  readonly groups: SecurityGroups;
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
}

/** The other end of a rule: a security group or an IPv4 range. */
type Peer = { readonly referencedSecurityGroupId: pulumi.Input<string> } | { readonly cidrIpv4: string };

/** Allows every flow: out of the group where it starts, and into the group where it ends. */
export function openFlows(
  name: string,
  flows: readonly Flow[],
  context: RuleContext,
): readonly pulumi.CustomResource[] {
  return flows.flatMap((flow) => [...egressRules(name, flow, context), ...ingressRules(name, flow, context)]);
}

function egressRules(name: string, flow: Flow, context: RuleContext): readonly pulumi.CustomResource[] {
  const group = groupAt(flow.from, context);
  if (group === undefined) return [];
  const rule = { ...ruleOf(name, flow, context), ...peerAt(flow.to, context) };
  return [
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-${flow.name}`,
      { securityGroupId: group.id, ...rule },
      { parent: context.parent },
    ),
  ];
}

function ingressRules(name: string, flow: Flow, context: RuleContext): readonly pulumi.CustomResource[] {
  const group = groupAt(flow.to, context);
  if (group === undefined) return [];
  const rule = { ...ruleOf(name, flow, context), ...peerAt(flow.from, context) };
  return [
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-${flow.name}`,
      { securityGroupId: group.id, ...rule },
      { parent: context.parent },
    ),
  ];
}

function ruleOf(name: string, flow: Flow, { tags }: RuleContext) {
  return {
    description: flow.name,
    ipProtocol: "tcp",
    fromPort: flow.port,
    toPort: flow.port,
    tags: named(`${name}-${flow.name}`, tags),
  };
}

function groupAt(end: End, { groups }: RuleContext): aws.ec2.SecurityGroup | undefined {
  return "party" in end ? groups[end.party] : undefined;
}

function peerAt(end: End, context: RuleContext): Peer {
  if ("cidrBlock" in end) return { cidrIpv4: end.cidrBlock };
  const group = groupAt(end, context);
  if (group === undefined) throw new Error(`no security group for ${end.party}`);
  return { referencedSecurityGroupId: group.id };
}
