import type { StackFinding } from "../../support/finding";
import { ingressRulesOf, isWide, letsIn } from "../../support/ingress";
import { stackRule } from "../../support/rule";
import { strings, type ValuesOf } from "../../support/settings";
import { allOf, referredTo, refersTo, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { closedPorts } from "./noPortsOpenToWorld";

const settings = {
  ...closedPorts,
  trustedPrefixLists: strings({
    default: [],
    description: "Prefix lists outside the stack that may be a source for these ports",
    of: "prefix list ids",
  }),
};

type Values = ValuesOf<typeof settings>;
type PrefixList = StackResourceOf<"aws:ec2/managedPrefixList:ManagedPrefixList">;

export const noPrefixListsOpenToWorld = stackRule(
  {
    name: "no-prefix-lists-open-to-world",
    displayName: "No prefix list with the whole internet",
    description:
      "A prefix list that may reach SSH, remote desktop or a database does not contain the whole internet.",
    why: "A security group rule shows only the prefix list's id, not its ranges. The rule refuses a list that it cannot read, unless the configuration trusts the list's id.",
    severity: "critical",
    topics: ["network-exposure"],
    fix: "Remove the range from the list; or create the list in this stack; or add its id to the rule's trustedPrefixLists.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",
    counterparts: { fsbp: ["EC2.19"], checkov: [], cdkNag: [] },
    settings,
  },
  function* (stack, values) {
    yield* judgeEach(stack, (resource) => judgeResource(resource, stack, values));
  },
);

function* judgeResource(
  resource: StackResource,
  stack: readonly StackResource[],
  values: Values,
): Iterable<StackFinding> {
  const open = ingressRulesOf(resource).filter((rule) => values.ports.some((port) => letsIn(port, rule)));
  if (open.length === 0) return;
  const lists = Object.keys(resource.propertyDependencies).flatMap((property) =>
    referredTo(resource, property, "aws:ec2/managedPrefixList:ManagedPrefixList"),
  );
  yield* judgeEach(lists, (list) => judgeList(list, stack, values));
  if (lists.length > 0) return;
  for (const { at, value } of open.flatMap((rule) => [...rule.prefixLists()])) {
    if (!values.trustedPrefixLists.includes(value)) {
      yield { resource, at, value, allowed: "a prefix list of this stack, or a trusted one" };
    }
  }
}

function* judgeList(
  list: PrefixList,
  stack: readonly StackResource[],
  values: Values,
): Iterable<StackFinding> {
  const shortest = { ipv4: values.shortestIpv4Prefix, ipv6: values.shortestIpv6Prefix };
  const allowed = `ranges of /${String(shortest.ipv4)} (IPv6: /${String(shortest.ipv6)}) or narrower`;
  yield* judgeEach(list.props.entries ?? [], function* ({ cidr }, index) {
    if (isWide(cidr, shortest)) {
      yield { resource: list, at: `entries[${String(index)}].cidr`, value: cidr, allowed };
    }
  });
  const separate = allOf(stack, "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry");
  yield* judgeEach(
    separate.filter((entry) => refersTo(entry, "prefixListId", list)),
    function* (entry) {
      const { cidr } = entry.props;
      if (isWide(cidr, shortest)) yield { resource: entry, at: "cidr", value: cidr, allowed };
    },
  );
}
