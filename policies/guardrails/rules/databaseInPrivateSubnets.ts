import type { StackFinding } from "../../support/finding";
import { isSet } from "../../support/isSet";
import { referencesOf, mergeReferences } from "../../support/references";
import { reachesInternet } from "../../support/routes";
import { stackRule } from "../../support/rule";
import { allOf, type StackResource } from "../../support/stack";
import { judgeEach } from "../../support/unknown";

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
    const databases = [
      ...allOf(stack, "aws:rds/instance:Instance"),
      ...allOf(stack, "aws:rds/cluster:Cluster"),
    ];
    yield* judgeEach(databases, (database) => judgeDatabase(database, stack));
  },
);

function* judgeDatabase(database: StackResource, stack: readonly StackResource[]): Iterable<StackFinding> {
  // A replica is in its source's subnets, or in a subnet group of its own.
  if (isSet(database.props, "replicateSourceDb")) return;
  const at = "dbSubnetGroupName";
  const groups = referencesOf(stack, database, at, "aws:rds/subnetGroup:SubnetGroup", { key: "name" });
  const subnets = mergeReferences(
    groups.possible.map((group) => referencesOf(stack, group, "subnetIds", "aws:ec2/subnet:Subnet")),
  );
  if (subnets.possible.length === 0) {
    const value = isSet(database.props, at) ? "subnets of another stack" : undefined;
    yield { resource: database, at, value, allowed: "a subnet group of this stack's private subnets" };
    return;
  }
  const unknown = groups.unknown ?? subnets.unknown;
  const reached = subnets.possible.map((subnet) => ({ subnet, reach: reachesInternet(subnet, stack) }));
  const isCertain = ({ urn }: StackResource) =>
    groups.unknown === undefined && subnets.certain.some((subnet) => subnet.urn === urn);
  const open = reached.filter(({ reach }) => reach === true).map(({ subnet }) => subnet);
  // Every subnet that it may be in is open.
  const refused = open.length === reached.length ? open : open.filter(isCertain);
  if (refused.length > 0) {
    yield {
      resource: database,
      at,
      value: `subnets with a route to an internet gateway: ${refused.map(({ name }) => name).join(", ")}`,
      allowed: "subnets without a route to an internet gateway",
    };
    return;
  }
  if (open.length > 0 && unknown !== undefined) throw unknown;
  for (const { reach } of reached) if (typeof reach === "object") throw reach.unknown;
}
