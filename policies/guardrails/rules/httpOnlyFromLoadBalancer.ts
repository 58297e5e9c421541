import type { StackFinding } from "../../support/finding";
import { launchTemplatesOf, securityGroupsOf, templateSecurityGroups } from "../../support/fleet";
import { ingressRulesOf, letsIn, type IngressRule, type Source } from "../../support/ingress";
import { stackRule } from "../../support/rule";
import { wholeNumbers } from "../../support/settings";
import { allOf, referredTo, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";

export const httpOnlyFromLoadBalancer = stackRule(
  {
    name: "http-only-from-load-balancer",
    displayName: "HTTP to servers only from the load balancer",
    description: "A fleet's servers accept HTTP from the load balancer's security group only.",
    why: "HTTP that bypasses the load balancer is unencrypted, unbalanced and missing from its logs, and passes no web application firewall in front of it.",
    severity: "high",
    topics: ["network-exposure"],
    fix: "Set the load balancer's security group as the source, and remove every other source.",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
    counterparts: { fsbp: ["EC2.18"], checkov: ["CKV_AWS_260"], cdkNag: ["AwsSolutions-EC23"] },
    settings: {
      ports: wholeNumbers({
        default: [80, 443, 8080],
        minimum: 1,
        maximum: 65_535,
        description: "The TCP ports on which servers answer HTTP",
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

/** Security groups of other stacks could have any rule. */
function* judgeVisible(
  template: StackResourceOf<"aws:ec2/launchTemplate:LaunchTemplate">,
): Iterable<StackFinding> {
  if (templateSecurityGroups(template).length > 0) return;
  yield {
    resource: template,
    at: "networkInterfaces[0].securityGroups",
    value: undefined,
    allowed: "security groups of this stack, so that their rules are known",
    fix: "Create the servers' security group in this stack.",
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
    const other = sources.find(({ urn }) => !groups.loadBalancers.some((group) => group.urn === urn));
    if (other !== undefined) yield { resource, at: property, value: other.name, allowed };
    return;
  }
  for (const { at, value } of rule.groups()) {
    if (!isOneOf(groups.loadBalancers, value)) yield { resource, at, value, allowed };
  }
}

function isOneOf(groups: readonly StackResource[], id: Source["value"]): boolean {
  return groups.some(({ props }) => Reflect.get(props, "id") === id);
}
