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
  if (instances.possible.length === 0) return;
  const zones = instances.possible.map((instance) => ({ instance, zone: zoneOf(instance) }));
  const isOneZone = new Set(zones.map(({ zone, instance }) => zone ?? instance.urn)).size < 2;
  if (!isOneZone) {
    if (instances.certain.length < 2 && instances.unknown !== undefined) throw instances.unknown;
    return;
  }
  const [first] = zones;
  yield {
    resource,
    at: "its instances",
    value: zones.length === 1 ? `only ${first?.instance.name ?? ""}` : `all in ${first?.zone ?? "one zone"}`,
    allowed: "two instances, in different Availability Zones",
  };
}

/** The zone that the program gives an instance; without it AWS distributes the instances. */
function zoneOf(instance: StackResource): string | undefined {
  if (!isGiven(instance, "availabilityZone")) return undefined;
  const zone: unknown = Reflect.get(instance.props, "availabilityZone");
  return typeof zone === "string" ? zone : undefined;
}
