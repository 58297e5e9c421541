import type { StackFinding } from "../../support/finding";
import { stackRule } from "../../support/rule";
import { strings, type ValuesOf } from "../../support/settings";
import { allOf, referredTo, refersTo, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeAll, judgeEach, tryRead } from "../../support/unknown";
import { areWide, isWide } from "../../support/views/addressRanges";
import {
  allowedRanges,
  closedPorts,
  closedPortsIn,
  shortestPrefixes,
  type ClosedPorts,
} from "../../support/views/closedPorts";
import { mergeTexts, readTexts, throwUnknown, type Texts } from "../../support/views/ids";
import { ingressRulesOf } from "../../support/views/ingress";

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

/** Judges each list that a closed port is open to: by its id, or in a preview by the dependencies. */
function* judgeResource(
  resource: StackResource,
  stack: readonly StackResource[],
  values: Values,
): Iterable<StackFinding> {
  yield* judgeAll(ingressRulesOf(resource), function* (rule) {
    if (closedPortsIn(rule, values).length === 0) return;
    const sources = rule.prefixLists();
    const { known, unknown } = sources;
    for (const { at, value } of known) {
      const list = allOf(stack, "aws:ec2/managedPrefixList:ManagedPrefixList").find((each) =>
        hasId(each, value),
      );
      if (list !== undefined) yield* judgeList(list, stack, values);
      else if (!values.trustedPrefixLists.includes(value)) {
        yield { resource, at, value, allowed: "a prefix list of this stack, or a trusted one" };
      }
    }
    if (unknown.length === 0) return;
    const lists = Object.keys(resource.propertyDependencies).flatMap((property) =>
      referredTo(resource, property, "aws:ec2/managedPrefixList:ManagedPrefixList"),
    );
    // More lists than ids: the dependencies do not show which of them the rule has.
    if (lists.length <= unknown.length) yield* judgeEach(lists, (list) => judgeList(list, stack, values));
    if (lists.length !== unknown.length) throwUnknown(sources);
  });
}

function hasId({ props }: PrefixList, id: string): boolean {
  const own = tryRead((): unknown => Reflect.get(props, "id"));
  return own.known && own.value === id;
}

/** Judges the entries of a list one by one and together, those that are resources of their own included. */
function* judgeList(
  list: PrefixList,
  stack: readonly StackResource[],
  values: ClosedPorts,
): Iterable<StackFinding> {
  const shortest = shortestPrefixes(values);
  const allowed = allowedRanges(values);
  const separate = allOf(stack, "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry").filter((entry) =>
    refersTo(entry, "prefixListId", list),
  );
  const all = [
    { resource: list, ranges: entriesOf(list) },
    ...separate.map((resource) => ({ resource, ranges: readTexts(() => resource.props.cidr, "cidr") })),
  ];
  const wide = all.flatMap(({ resource, ranges }) =>
    ranges.known
      .filter(({ value }) => isWide(value, shortest))
      .map(({ at, value }) => ({ resource, at, value, allowed })),
  );
  yield* wide;
  const ranges = mergeTexts(all.map((each) => each.ranges));
  const texts = ranges.known.map(({ value }) => value);
  if (wide.length === 0 && areWide(texts, shortest)) {
    yield {
      resource: list,
      at: "entries",
      value: `${String(texts.length)} ranges that are the internet together`,
      allowed: `together at most one of the ${allowed}`,
    };
  }
  throwUnknown(ranges);
}

function entriesOf({ props }: PrefixList): Texts {
  const entries = tryRead(() => props.entries ?? []);
  // The provider computes the entries of a list whose program has none.
  if (!entries.known) return { known: [], unknown: [entries.error] };
  return mergeTexts(
    [...entries.value.keys()].map((index) =>
      readTexts(() => entries.value.at(index)?.cidr, `entries[${String(index)}].cidr`),
    ),
  );
}
