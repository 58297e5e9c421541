import { databaseBackups } from "../../../policies/production/rules/databaseBackups";
import { databaseDeletionProtection } from "../../../policies/production/rules/databaseDeletionProtection";
import { databaseFinalSnapshot } from "../../../policies/production/rules/databaseFinalSnapshot";
import { databaseMultiAz } from "../../../policies/production/rules/databaseMultiAz";
import type { AnyResource } from "../../../policies/support/resourceTypes";
import { itAwaitsUpdate, itPasses, itPassesStack, itRefuses, itRefusesStack } from "../support/expectations";
import { among, fixture, spoil, unknown } from "../support/fixture";

const database = fixture("aws:rds/instance:Instance", "wordpress", {
  multiAz: true,
  deletionProtection: true,
  backupRetentionPeriod: 7,
  skipFinalSnapshot: false,
  finalSnapshotIdentifier: "wordpress-final",
});
const cluster = fixture("aws:rds/cluster:Cluster", "aurora", {
  availabilityZones: ["us-east-1a", "us-east-1b"],
  deletionProtection: true,
  backupRetentionPeriod: 7,
  finalSnapshotIdentifier: "aurora-final",
});
const replica = fixture("aws:rds/instance:Instance", "replica", {
  replicateSourceDb: "wordpress",
  skipFinalSnapshot: true,
  deletionProtection: true,
});

describe("database-multi-az", () => {
  const rule = databaseMultiAz;
  const single = (resource: AnyResource) => [among(resource, {})];
  itPassesStack(rule, "a standby", single(database));
  itPassesStack(rule, "a replica", single(replica));
  itPassesStack(rule, "a cluster whose instances are in another stack", single(cluster));
  for (const multiAz of [false, undefined]) {
    const changed = spoil(database, { multiAz });
    itRefusesStack(rule, `multiAz ${String(multiAz)}`, single(changed), {
      ...{ of: changed, at: "multiAz", value: multiAz, allowed: "true" },
    });
  }

  const aurora = among(cluster, {});
  const instance = (name: string, availabilityZone?: string) =>
    among(
      fixture("aws:rds/clusterInstance:ClusterInstance", name, {
        clusterIdentifier: unknown,
        ...(availabilityZone === undefined ? {} : { availabilityZone }),
      }),
      { clusterIdentifier: [aurora] },
    );
  itPassesStack(rule, "two instances that AWS distributes", [aurora, instance("one"), instance("two")]);
  itPassesStack(rule, "two instances in two zones", [
    aurora,
    instance("one", "us-east-1a"),
    instance("two", "us-east-1b"),
  ]);
  const allowed = "two instances, in different Availability Zones";
  const refused = { of: aurora, at: "its instances", allowed };
  itRefusesStack(rule, "one instance", [aurora, instance("one")], { ...refused, value: "only one" });
  itRefusesStack(
    rule,
    "two instances in one zone",
    [aurora, instance("one", "us-east-1a"), instance("two", "us-east-1a")],
    { ...refused, value: "all in us-east-1a" },
  );
  itPassesStack(rule, "two instances whose zones AWS chooses", [
    aurora,
    instance("one", unknown),
    instance("two", unknown),
  ]);
  itRefusesStack(
    rule,
    "three instances in one zone",
    [aurora, ...["one", "two", "three"].map((name) => instance(name, "us-east-1a"))],
    { ...refused, value: "all in us-east-1a" },
  );
  const other = { ...aurora, urn: "other" };
  const either = (name: string) => among(instance(name), { clusterIdentifier: [aurora, other] });
  itAwaitsUpdate(
    rule,
    "instances of one of two clusters",
    [aurora, other, either("one"), either("two")],
    "clusterIdentifier",
  );
  const maybe = (zone: string) =>
    among(instance("maybe", zone), {
      clusterIdentifier: [{ ...aurora, name: "third", urn: "third" }, aurora],
    });
  const third = { ...aurora, name: "third", urn: "third" };
  const inOther = [instance("first", "us-east-1a"), instance("second", "us-east-1b")].map((each) =>
    among(each, { clusterIdentifier: [third] }),
  );
  const two = [instance("one", "us-east-1a"), instance("two", "us-east-1a")];
  itAwaitsUpdate(
    rule,
    "an instance of one of two clusters that may be in a second zone",
    [aurora, third, ...inOther, ...two, maybe("us-east-1b")],
    "clusterIdentifier",
  );
  itRefusesStack(
    rule,
    "an instance of one of two clusters in the same zone",
    [aurora, third, ...inOther, ...two, maybe("us-east-1a")],
    { ...refused, value: "all in us-east-1a" },
  );
});

describe("database-deletion-protection", () => {
  itPasses(databaseDeletionProtection, "protected databases", database, cluster, replica);
  for (const deletionProtection of [false, undefined]) {
    const expected = { at: "deletionProtection", value: deletionProtection, allowed: "true" };
    for (const changed of [spoil(database, { deletionProtection }), spoil(cluster, { deletionProtection })]) {
      itRefuses(
        databaseDeletionProtection,
        `${String(deletionProtection)} on ${changed.type}`,
        changed,
        expected,
      );
    }
  }
});

describe("database-backups", () => {
  itPasses(databaseBackups, "a week of backups, and replicas without", database, cluster, replica);
  for (const backupRetentionPeriod of [6, 0, undefined]) {
    const expected = {
      at: "backupRetentionPeriod",
      value: backupRetentionPeriod,
      allowed: "at least 7 days",
    };
    for (const changed of [
      spoil(database, { backupRetentionPeriod }),
      spoil(cluster, { backupRetentionPeriod }),
    ]) {
      itRefuses(databaseBackups, `${String(backupRetentionPeriod)} on ${changed.type}`, changed, expected);
    }
  }
  itRefuses(
    databaseBackups,
    "a shorter retention than the configuration requires",
    database,
    { at: "backupRetentionPeriod", value: 7, allowed: "at least 14 days" },
    { minimumRetentionDays: 14 },
  );
});

describe("database-final-snapshot", () => {
  itPasses(databaseFinalSnapshot, "a named snapshot, and replicas without", database, cluster, replica);
  itPasses(
    databaseFinalSnapshot,
    "a name that a preview does not know",
    spoil(database, { finalSnapshotIdentifier: unknown }),
  );
  for (const good of [database, cluster]) {
    itRefuses(
      databaseFinalSnapshot,
      `none on ${good.type}`,
      { ...good, props: { ...good.props, skipFinalSnapshot: true } },
      { at: "skipFinalSnapshot", value: true, allowed: "false" },
    );
    itRefuses(
      databaseFinalSnapshot,
      `one without a name on ${good.type}`,
      { ...good, props: { ...good.props, finalSnapshotIdentifier: undefined } },
      { at: "finalSnapshotIdentifier", value: undefined, allowed: "a name for the snapshot" },
    );
  }
});
