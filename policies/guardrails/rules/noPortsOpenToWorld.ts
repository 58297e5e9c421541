import type { Finding, StackFinding } from "../../support/finding";
import type { AnyResource } from "../../support/resourceTypes";
import { on, resourceAndStackRule } from "../../support/rule";
import { isOff } from "../../support/spelling";
import type { StackResource } from "../../support/stack";
import { collect, judgeAll } from "../../support/unknown";
import { areWide, isWide } from "../../support/views/addressRanges";
import {
  allowedRanges,
  closedPorts,
  closedPortsIn,
  portsText,
  shortestPrefixes,
  type ClosedPorts,
} from "../../support/views/closedPorts";
import { throwUnknown, type Located } from "../../support/views/ids";
import { ingressRulesOf, ingressTypes } from "../../support/views/ingress";
import { acceleratedPorts, openListeners } from "../../support/views/openListeners";
import { resourcesOfSameGroup } from "../../support/views/securityGroups";

/** Prefix lists as sources: no-prefix-lists-open-to-world. */
export const noPortsOpenToWorld = resourceAndStackRule(
  {
    name: "no-ports-open-to-world",
    displayName: "SSH, database and administration ports closed to the internet",
    description:
      "No security group and no load balancer without one opens SSH, remote desktop, a database or another service for administrators to the internet, also not in pieces.",
    why: "Attackers scan these ports all the time, for weak passwords and known vulnerabilities.",
    severity: "critical",
    topics: ["network-exposure"],
    fix: "Allow only the needed addresses or a security group. For SSH, use an EC2 Instance Connect Endpoint or Session Manager, which need no port open to the internet.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19",
    counterparts: {
      fsbp: ["EC2.13", "EC2.14", "EC2.19", "EC2.53", "EC2.54", "EMR.2"],
      checkov: ["CKV_AWS_24", "CKV_AWS_25"],
      cdkNag: ["AwsSolutions-EC23"],
    },
    settings: closedPorts,
  },
  [
    ...ingressTypes.map((token) => on(token, judgeAlone)),
    on("aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration", function* (block) {
      const { blockPublicSecurityGroupRules: value } = block;
      if (isOff(value)) yield { at: "blockPublicSecurityGroupRules", value, allowed: "true" };
    }),
    on("aws:globalaccelerator/listener:Listener", (props, values) =>
      openPorts("portRanges", acceleratedPorts(props), values, "ports that the internet may reach"),
    ),
  ],
  function* (stack, values) {
    for (const { resource, at, ports } of openListeners(stack)) {
      for (const finding of openPorts(
        at,
        ports,
        values,
        "security groups on the load balancer, or an internal one",
      )) {
        yield { resource, ...finding };
      }
    }
    yield* judgeAll(resourcesOfSameGroup(stack), (resources) => judgeTogether(resources, values));
  },
);

function* judgeAlone(_props: object, values: ClosedPorts, resource: AnyResource): Iterable<Finding> {
  const shortest = shortestPrefixes(values);
  const pieces = new Map<string, Located[]>();
  yield* judgeAll(ingressRulesOf(resource), function* (rule) {
    const open = closedPortsIn(rule, values);
    if (open.length === 0) return;
    const ranges = rule.ranges();
    for (const { at, value } of ranges.known) {
      if (isWide(value, shortest)) {
        yield { at, value, allowed: `for ports ${portsText(open)}, ${allowedRanges(values)}` };
      } else {
        for (const port of open) pieces.set(port, [...(pieces.get(port) ?? []), { at, value }]);
      }
    }
    throwUnknown(ranges);
  });
  yield* inPieces(pieces, values);
}

/** The closed ports of a listener that no security group protects. */
function openPorts(
  at: string,
  all: readonly Parameters<typeof closedPortsIn>[0][],
  values: ClosedPorts,
  allowed: string,
): readonly Finding[] {
  const open = all.flatMap((ports) => closedPortsIn(ports, values));
  return open.length === 0 ? [] : [{ at, value: portsText(open), allowed }];
}

/** The internet in pieces, by port: each range is narrow enough, and all together are not. */
function* inPieces(pieces: ReadonlyMap<string, readonly Located[]>, values: ClosedPorts): Iterable<Finding> {
  const open = [...pieces].filter(([, ranges]) =>
    areWide(
      ranges.map(({ value }) => value),
      shortestPrefixes(values),
    ),
  );
  const [first] = open;
  if (first === undefined) return;
  const [, ranges] = first;
  const ports = portsText(open.map(([port]) => port));
  yield {
    at: ranges[0]?.at ?? "ingress",
    value: `${String(ranges.length)} ranges that are the internet together`,
    allowed: `for ports ${ports}, together at most one of the ${allowedRanges(values)}`,
  };
}

/** Rules of one security group in several resources, none of which violates the rule alone. */
function* judgeTogether(resources: readonly StackResource[], values: ClosedPorts): Iterable<StackFinding> {
  const pieces = new Map<string, Located[]>();
  const unknown: Error[] = [];
  for (const resource of resources) {
    if (collect(judgeAlone({}, values, resource)).items.length > 0) return;
    const ranges = collect(narrowRanges(resource, values));
    for (const { port, range } of ranges.items) pieces.set(port, [...(pieces.get(port) ?? []), range]);
    if (ranges.unknown !== undefined) unknown.push(ranges.unknown);
  }
  const [resource] = resources;
  for (const finding of inPieces(pieces, values)) yield { resource, ...finding };
  throwUnknown({ unknown });
}

function* narrowRanges(resource: StackResource, values: ClosedPorts) {
  yield* judgeAll(ingressRulesOf(resource), function* (rule) {
    for (const port of closedPortsIn(rule, values)) {
      for (const range of rule.ranges().known) yield { port, range };
    }
    if (closedPortsIn(rule, values).length > 0) throwUnknown(rule.ranges());
  });
}
