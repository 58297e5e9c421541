import type { StackFinding } from "../../support/finding";
import { launchTemplatesOf, securityGroupsOf, templateSecurityGroups } from "../../support/fleet";
import { ingressRulesOf, letsIn, type IngressRule, type Source } from "../../support/ingress";
import { stackRule } from "../../support/rule";
import { wholeNumbers } from "../../support/settings";
import { allOf, referredTo, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";

/** Nobody visits a server by its own address any more. */
export const httpOnlyFromLoadBalancer = stackRule(
  {
    name: "http-only-from-load-balancer",
    displayName: "HTTP to servers only from the load balancer",
    description: "A fleet's servers take HTTP from the load balancer's security group alone.",
    why: "What reaches a server past the load balancer is not encrypted, not spread over the servers, not in the load balancer's log and not held back by anything in front of it.",
    severity: "high",
    fix: "Let the rule refer to the load balancer's security group, and remove every other source.",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
    counterparts: { fsbp: ["EC2.18"], checkov: ["CKV_AWS_260"], cdkNag: ["AwsSolutions-EC23"] },
    settings: {
      ports: wholeNumbers({
        default: [80, 443, 8080],
        minimum: 1,
        maximum: 65_535,
        description: "The TCP ports on which servers answer visitors",
      }),
    },
  },
  function* (stack, { ports }) {
    const autoScalingGroups = allOf(stack, "aws:autoscaling/group:Group");
    yield* judgeEach(launchTemplatesOf(autoScalingGroups), judgeVisible);
    const fleet = autoScalingGroups.flatMap(securityGroupsOf);
    const loadBalancers = allOf(stack, "aws:lb/loadBalancer:LoadBalancer").flatMap((loadBalancer) =>
      referredTo(loadBalancer, "securityGroups", "aws:ec2/securityGroup:SecurityGroup"),
    );
    const groups: Groups = { fleet, loadBalancers };
    yield* judgeEach(stack, function* (resource) {
      if (!letsIntoFleet(resource, groups)) return;
      yield* judgeEach(ingressRulesOf(resource), function* (rule) {
        if (ports.some((port) => letsIn(port, rule))) yield* judgeSources(resource, rule, groups);
      });
    });
  },
);

/** Security groups of elsewhere could hold any rule. */
function* judgeVisible(
  template: StackResourceOf<"aws:ec2/launchTemplate:LaunchTemplate">,
): Iterable<StackFinding> {
  if (templateSecurityGroups(template).length > 0) return;
  yield {
    resource: template,
    at: "networkInterfaces[0].securityGroups",
    value: undefined,
    allowed: "security groups of this stack, whose rules can be seen",
    fix: "Make the servers' security group in this stack.",
  };
}

interface Groups {
  readonly fleet: readonly StackResource[];
  readonly loadBalancers: readonly StackResource[];
}

function letsIntoFleet(resource: StackResource, { fleet }: Groups): boolean {
  const [target] = referredTo(resource, "securityGroupId", "aws:ec2/securityGroup:SecurityGroup");
  return fleet.some(({ urn }) => urn === (target ?? resource).urn);
}

function* judgeSources(resource: StackResource, rule: IngressRule, groups: Groups): Iterable<StackFinding> {
  const allowed = "the load balancer's security group";
  for (const { at, value } of [...rule.ranges(), ...rule.prefixLists()]) {
    yield { resource, at, value, allowed };
  }
  const property = ["referencedSecurityGroupId", "sourceSecurityGroupId"].find(
    (each) => referredTo(resource, each, "aws:ec2/securityGroup:SecurityGroup").length > 0,
  );
  if (property !== undefined) {
    const sources = referredTo(resource, property, "aws:ec2/securityGroup:SecurityGroup");
    const stranger = sources.find(({ urn }) => !groups.loadBalancers.some((group) => group.urn === urn));
    if (stranger !== undefined) yield { resource, at: property, value: stranger.name, allowed };
    return;
  }
  for (const { at, value } of rule.groups()) {
    if (!isOneOf(groups.loadBalancers, value)) yield { resource, at, value, allowed };
  }
}

function isOneOf(groups: readonly StackResource[], id: Source["value"]): boolean {
  return groups.some(({ props }) => Reflect.get(props, "id") === id);
}
