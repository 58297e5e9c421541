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

/** A prefix list is a bag of address ranges: what is in it must be looked at. */
export const noPrefixListsOpenToWorld = stackRule(
  {
    name: "no-prefix-lists-open-to-world",
    displayName: "No prefix list with the world in it",
    description: "A prefix list that may reach SSH, remote desktop or a database does not hold the world.",
    why: "A rule that names a prefix list looks narrow whatever is in the list. What no one here can look into is refused, unless the configuration trusts it by its id.",
    severity: "critical",
    fix: "Take the range out of the list, or make the list in this stack, or trust it in the rule's configuration.",
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
  const concerned = ingressRulesOf(resource).filter((rule) =>
    values.ports.some((port) => letsIn(port, rule)),
  );
  if (concerned.length === 0) return;
  const seen = Object.keys(resource.propertyDependencies).flatMap((property) =>
    referredTo(resource, property, "aws:ec2/managedPrefixList:ManagedPrefixList"),
  );
  yield* judgeEach(seen, (list) => judgeList(list, stack, values));
  if (seen.length > 0) return;
  for (const { at, value } of concerned.flatMap((rule) => [...rule.prefixLists()])) {
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
