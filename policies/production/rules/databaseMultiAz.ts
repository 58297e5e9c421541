import type { StackFinding } from "../../support/finding";
import { stackRule } from "../../support/rule";
import { allOf, isGiven, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { clustersIn, type Cluster } from "../../support/views/clusters";

export const databaseMultiAz = stackRule(
  {
    name: "database-multi-az",
    displayName: "Database with a standby",
    description:
      "A database has a standby in another Availability Zone; a cluster of Aurora, DocumentDB or Neptune has a second instance there.",
    why: "When its zone fails, a database without a standby is unavailable until the zone recovers or a backup is restored. A standby takes over in a minute or two, at the same address.",
    severity: "high",
    topics: ["availability"],
    fix: "Set multiAz to true; add a second instance in another zone to a cluster.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-5",
    counterparts: {
      fsbp: ["RDS.5", "RDS.15", "Neptune.9"],
      checkov: ["CKV_AWS_157"],
      cdkNag: ["AwsSolutions-RDS3", "AwsSolutions-N1"],
    },
    settings: {},
  },
  function* (stack) {
    yield* judgeEach(allOf(stack, "aws:rds/instance:Instance"), judgeInstance);
    yield* judgeEach(clustersIn(stack), judgeCluster);
  },
);

function* judgeInstance(database: StackResourceOf<"aws:rds/instance:Instance">): Iterable<StackFinding> {
  // A replica is already a copy.
  if (isGiven(database, "replicateSourceDb")) return;
  const { multiAz } = database.props;
  if (multiAz !== true) yield { resource: database, at: "multiAz", value: multiAz, allowed: "true" };
}

/** AWS keeps a cluster's storage in three zones; its instances are in one each. */
function* judgeCluster({ resource, instances }: Cluster): Iterable<StackFinding> {
  // A cluster without instances in the stack has them in another one.
  const [first, second] = instances.possible;
  if (first === undefined || areInTwoZones(instances.certain)) return;
  if (areInTwoZones(instances.possible) && instances.unknown !== undefined) throw instances.unknown;
  yield {
    resource,
    at: "its instances",
    value: second === undefined ? `only ${first.name}` : `all in ${placeOf(first)}`,
    allowed: "two instances, in different Availability Zones",
  };
}

function areInTwoZones(instances: readonly StackResource[]): boolean {
  return new Set(instances.map(placeOf)).size >= 2;
}

/** The zone that the program gives an instance. Without it AWS distributes the instances: each is in a place of its own. */
function placeOf(instance: StackResource): string {
  return isGiven(instance, "availabilityZone")
    ? String(Reflect.get(instance.props, "availabilityZone"))
    : instance.urn;
}
