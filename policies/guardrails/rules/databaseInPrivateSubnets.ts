import type { StackFinding } from "../../support/finding";
import { mergeReferences, referencesOf } from "../../support/references";
import { stackRule } from "../../support/rule";
import { isGiven, type StackResource } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import type { Database, SubnetSource } from "../../support/views/databaseType";
import { databasesIn } from "../../support/views/databases";
import { reachesInternet } from "../../support/views/routes";
import { subnetsOf } from "../../support/views/subnets";

/**
 * The first preview of a database in a VPC of awsx does not know which output has which subnets; the update judges the
 * database by the subnets' ids.
 */
export const databaseInPrivateSubnets = stackRule(
  {
    name: "database-in-private-subnets",
    displayName: "Database in private subnets",
    description: "A database's subnets have no route to an internet gateway.",
    why: "A private subnet still protects the database when a security group is opened and a public address is enabled by mistake.",
    severity: "high",
    topics: ["network-exposure"],
    fix: "Give the database a subnet group of private subnets of this stack, so that their routes are known.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-46",
    counterparts: { fsbp: ["RDS.46"], checkov: [], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    const databases = databasesIn(stack);
    yield* judgeEach(databases, ({ resource, database }) => judgeDatabase(resource, database, stack));
  },
);

/** The subnets of a database: its own, or those of its subnet group. */
function subnetsOfDatabase(resource: StackResource, source: SubnetSource, stack: readonly StackResource[]) {
  if (source.group === undefined) {
    return { groups: undefined, subnets: subnetsOf(stack, resource, source.at) };
  }
  const groups = referencesOf(stack, resource, source.at, source.group, { key: "name" });
  const subnets = groups.possible.map((group) => subnetsOf(stack, group, "subnetIds"));
  return { groups, subnets: mergeReferences(subnets) };
}

function* judgeDatabase(
  resource: StackResource,
  { subnets: source, isReplica }: Database,
  stack: readonly StackResource[],
): Iterable<StackFinding> {
  if (source === undefined) return;
  const { at } = source;
  const isRequired = source.group !== undefined && source.required;
  if (!isGiven(resource, at)) {
    // A replica is in the subnets of its source, the others in those of the default VPC, which are public.
    if (isRequired && !isReplica) yield unseen(resource, at, undefined);
    return;
  }
  const { groups, subnets } = subnetsOfDatabase(resource, source, stack);
  if (subnets.possible.length === 0) {
    if (isRequired) yield unseen(resource, at, "subnets of another stack");
    return;
  }
  const unknown = groups?.unknown ?? subnets.unknown;
  const reached = subnets.possible.map((subnet) => ({ subnet, reach: reachesInternet(subnet, stack) }));
  const isCertain = ({ urn }: StackResource) =>
    groups?.unknown === undefined && subnets.certain.some((subnet) => subnet.urn === urn);
  const open = reached.filter(({ reach }) => reach === true).map(({ subnet }) => subnet);
  // Every subnet that it may be in is open.
  const refused = open.length === reached.length ? open : open.filter(isCertain);
  if (refused.length > 0) {
    yield {
      resource,
      at,
      value: `subnets with a route to an internet gateway: ${refused.map(({ name }) => name).join(", ")}`,
      allowed: "subnets without a route to an internet gateway",
    };
    return;
  }
  if (open.length > 0 && unknown !== undefined) throw unknown;
  for (const { reach } of reached) if (typeof reach === "object") throw reach.unknown;
}

function unseen(resource: StackResource, at: string, value: string | undefined): StackFinding {
  return { resource, at, value, allowed: "a subnet group of this stack's private subnets" };
}
