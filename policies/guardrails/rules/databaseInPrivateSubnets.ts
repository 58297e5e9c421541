import type { StackFinding } from "../../support/finding";
import { isGiven } from "../../support/given";
import { hasWayToInternet } from "../../support/routes";
import { stackRule } from "../../support/rule";
import { allOf, referredTo, type StackResource } from "../../support/stack";
import { judgeEach } from "../../support/unknown";

/** What has no route to the internet cannot be reached from it, whatever else goes wrong. */
export const databaseInPrivateSubnets = stackRule(
  {
    name: "database-in-private-subnets",
    displayName: "Database in private subnets",
    description: "A database's subnets have no route to an internet gateway.",
    why: "A private subnet is the fence that still stands when a security group has been opened and a public address switched on by mistake.",
    severity: "high",
    fix: "Give the database a subnet group of private subnets that this stack makes, so that their routes can be seen.",
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
  // A replica stands where its source does, or in a subnet group of its own.
  if (isGiven(database.props, "replicateSourceDb")) return;
  const groups = referredTo(database, "dbSubnetGroupName", "aws:rds/subnetGroup:SubnetGroup");
  const subnets = groups.flatMap((group) => referredTo(group, "subnetIds", "aws:ec2/subnet:Subnet"));
  const at = "dbSubnetGroupName";
  if (subnets.length === 0) {
    const value = isGiven(database.props, at) ? "subnets of another stack" : undefined;
    yield { resource: database, at, value, allowed: "a subnet group of this stack's private subnets" };
  }
  const open = subnets.filter((subnet) => hasWayToInternet(subnet, stack)).map(({ name }) => name);
  if (open.length > 0) {
    yield {
      resource: database,
      at,
      value: `subnets with a route to an internet gateway: ${open.join(", ")}`,
      allowed: "subnets without a route to an internet gateway",
    };
  }
}
