import { databaseBackups } from "../../../policies/production/rules/databaseBackups";
import { databaseDeletionProtection } from "../../../policies/production/rules/databaseDeletionProtection";
import { databaseFinalSnapshot } from "../../../policies/production/rules/databaseFinalSnapshot";
import { databaseMultiAz } from "../../../policies/production/rules/databaseMultiAz";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil, unknown } from "../support/fixture";

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
  itPasses(databaseMultiAz, "a standby, a cluster in two zones, a replica", database, cluster, replica);
  for (const multiAz of [false, undefined]) {
    itRefuses(databaseMultiAz, `multiAz ${String(multiAz)}`, spoil(database, { multiAz }), {
      at: "multiAz",
      value: multiAz,
      allowed: "true",
    });
  }
  for (const availabilityZones of [["us-east-1a"], undefined]) {
    itRefuses(databaseMultiAz, `zones ${String(availabilityZones)}`, spoil(cluster, { availabilityZones }), {
      at: "availabilityZones",
      value: availabilityZones,
      allowed: "at least two zones",
    });
  }
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
