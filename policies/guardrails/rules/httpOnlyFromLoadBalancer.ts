import type { StackFinding } from "../../support/finding";
import { stackRule } from "../../support/rule";
import { wholeNumbers } from "../../support/settings";
import { allOf, type StackResource } from "../../support/stack";
import { judgeAll, judgeEach } from "../../support/unknown";
import { isWide } from "../../support/views/addressRanges";
import { serverSourcesOf, type ServerSource } from "../../support/views/fleets";
import { readTexts, throwUnknown } from "../../support/views/ids";
import { ingressRulesOf, letsIn, type IngressRule } from "../../support/views/ingress";
import {
  groupReferences,
  includesGroup,
  targetOf,
  type GroupReferences,
  type SecurityGroup,
} from "../../support/views/securityGroups";

export const httpOnlyFromLoadBalancer = stackRule(
  {
    name: "http-only-from-load-balancer",
    displayName: "HTTP to servers only from the load balancer",
    description:
      "A fleet's servers accept HTTP from the load balancer's security group only, and nothing on another port from the whole internet.",
    why: "HTTP that bypasses the load balancer is unencrypted, unbalanced and missing from its logs, and passes no web application firewall in front of it.",
    severity: "high",
    topics: ["network-exposure"],
    fix: "Set the load balancer's security group as the source, and remove every other source.",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
    counterparts: { fsbp: ["EC2.18"], checkov: ["CKV_AWS_260"], cdkNag: ["AwsSolutions-EC23"] },
    settings: {
      ports: wholeNumbers({
        default: [80, 81, 443, 591, 3000, 5000, 8000, 8008, 8080, 8081, 8443, 8888, 9000],
        minimum: 1,
        maximum: 65_535,
        description:
          "The TCP and UDP ports on which servers answer HTTP; only the load balancer may reach them",
      }),
    },
  },
  function* (stack, { ports }) {
    const sources = serverSourcesOf(stack).map((source) => ({ source, references: groupsOf(source, stack) }));
    yield* judgeEach(sources, ({ source, references }) =>
      source.isFleet ? judgeVisible(source, references) : [],
    );
    const groups: Groups = {
      servers: sources.flatMap(({ references }) => references.flatMap(({ own }) => own)),
      loadBalancers: loadBalancerGroups(stack),
    };
    yield* judgeEach(stack, function* (resource) {
      if (!letsIntoServers(resource, stack, groups)) return;
      yield* judgeAll(ingressRulesOf(resource), (rule) =>
        judgeRule(resource, rule, { stack, groups, ports }),
      );
    });
  },
);

interface Groups {
  readonly servers: readonly SecurityGroup[];
  readonly loadBalancers: readonly SecurityGroup[];
}

interface Site {
  readonly stack: readonly StackResource[];
  readonly groups: Groups;
  readonly ports: readonly number[];
}

const allowed = "the load balancer's security group";

function groupsOf({ resource, groups }: ServerSource, stack: readonly StackResource[]) {
  return groups.map(({ property, texts }) => groupReferences(stack, resource, property, texts));
}

function loadBalancerGroups(stack: readonly StackResource[]): readonly SecurityGroup[] {
  const loadBalancers = [
    ...allOf(stack, "aws:lb/loadBalancer:LoadBalancer"),
    ...allOf(stack, "aws:elb/loadBalancer:LoadBalancer"),
  ];
  const property = "securityGroups";
  return loadBalancers.flatMap((resource) => {
    const texts = readTexts(() => resource.props.securityGroups, property);
    return groupReferences(stack, resource, property, texts).possible;
  });
}

/** Security groups of other stacks could have any rule. */
function* judgeVisible(
  { resource, groups }: ServerSource,
  references: readonly GroupReferences[],
): Iterable<StackFinding> {
  const visible = {
    allowed: "security groups of this stack, so that their rules are known",
    fix: "Create the servers' security group in this stack.",
  };
  for (const { foreign } of references) {
    for (const { at, value } of foreign) yield { resource, at, value, ...visible };
  }
  const isEmpty = references.every(({ possible, foreign }) => possible.length + foreign.length === 0);
  // An id of this stack that a preview does not know would be a dependency.
  if (isEmpty) yield { resource, at: groups[0]?.property ?? "securityGroups", value: undefined, ...visible };
  else throwUnknown({ unknown: references.flatMap((each) => each.unknown ?? []) });
}

function letsIntoServers(
  resource: StackResource,
  stack: readonly StackResource[],
  { servers }: Groups,
): boolean {
  const target = targetOf(stack, resource);
  if (target === undefined) return includesGroup(servers, resource);
  if (target.own.some((group) => includesGroup(servers, group))) return true;
  // In the update the id shows whether the rule belongs to the servers' group.
  if (target.possible.some((group) => includesGroup(servers, group))) {
    throwUnknown({ unknown: target.unknown === undefined ? [] : [target.unknown] });
  }
  return false;
}

function* judgeRule(resource: StackResource, rule: IngressRule, site: Site): Iterable<StackFinding> {
  const isHttp = site.ports.some((port) => letsIn("tcp", port, rule) || letsIn("udp", port, rule));
  const ranges = rule.ranges();
  if (!isHttp) {
    if (!["tcp", "udp"].includes(rule.protocol())) return;
    for (const { at, value } of ranges.known) {
      if (isWide(value, { ipv4: 8, ipv6: 32 })) yield { resource, at, value, allowed };
    }
    throwUnknown(ranges);
    return;
  }
  const self = rule.self();
  if (self !== undefined) yield { resource, at: self, value: true, allowed };
  for (const { at, value } of [...ranges.known, ...rule.prefixLists().known]) {
    yield { resource, at, value, allowed };
  }
  yield* judgeGroups(resource, rule, site);
  throwUnknown(ranges);
  throwUnknown(rule.prefixLists());
}

/** Judges the security groups that are sources. */
function* judgeGroups(
  resource: StackResource,
  rule: IngressRule,
  { stack, groups }: Site,
): Iterable<StackFinding> {
  const texts = rule.groups();
  const property = groupProperties.find((each) => resource.propertyDependencies[each] !== undefined) ?? "";
  const { own, possible, foreign, unknown } = groupReferences(stack, resource, property, texts);
  const at = texts.known[0]?.at ?? property;
  for (const group of own) {
    if (!includesGroup(groups.loadBalancers, group)) yield { resource, at, value: group.name, allowed };
  }
  for (const { value, at: place } of foreign) yield { resource, at: place, value, allowed };
  const mayBeOther =
    possible.length === 0 || !possible.every((group) => includesGroup(groups.loadBalancers, group));
  if (unknown !== undefined && mayBeOther) throw unknown;
}

/** The properties that have the security groups that are sources. */
const groupProperties = ["referencedSecurityGroupId", "sourceSecurityGroupId", "ingress"];
