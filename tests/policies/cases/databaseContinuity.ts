import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { auroraInstance, changed, clusterIn, kept, safeCluster, safeReplica } from "./databaseParts";
import { makeNetwork } from "./parts";

export const databaseContinuity: PolicyCases = {
  "db-one-zone": changed("database-multi-az", { multiAz: false }),
  "db-aurora-one-instance": bad("database-multi-az", (n) => {
    const { id } = new aws.rds.Cluster(n, {
      ...safeCluster,
      availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    });
    auroraInstance(n, id, { availabilityZone: "us-east-1a" });
  }),
  "db-aurora-one-instance-by-name": bad("database-multi-az", (n) => {
    new aws.rds.Cluster(n, { ...safeCluster, clusterIdentifier: `${n}-named` });
    auroraInstance(n, `${n}-named`);
  }),
  "db-aurora-two-in-one-zone": bad("database-multi-az", (n) => {
    const { id } = new aws.rds.Cluster(n, safeCluster);
    for (const each of ["1", "2"]) auroraInstance(`${n}-${each}`, id, { availabilityZone: "us-east-1a" });
  }),
  "db-docdb-one-instance": bad("database-multi-az", (n) => {
    const { id } = new aws.docdb.Cluster(n, {
      ...{ masterUsername: "a", manageMasterUserPassword: true, storageEncrypted: true, ...kept },
    });
    new aws.docdb.ClusterInstance(n, { clusterIdentifier: id, instanceClass: "db.t4g.medium" });
  }),
  "db-neptune-one-instance": bad("database-multi-az", (n) => {
    const { id } = new aws.neptune.Cluster(n, { storageEncrypted: true, ...kept });
    new aws.neptune.ClusterInstance(n, { clusterIdentifier: id, instanceClass: "db.t4g.medium" });
  }),
  "fp-aurora-unlisted-zones": good((n) => {
    clusterIn(n, (name, more) => {
      const { id } = new aws.rds.Cluster(name, { ...safeCluster, ...more });
      for (const each of ["1", "2"]) auroraInstance(`${name}-${each}`, id);
    });
  }, "database-multi-az"),
  "fp-aurora-two-zones": good((n) => {
    clusterIn(n, (name, more) => {
      const { id } = new aws.rds.Cluster(name, { ...safeCluster, ...more });
      for (const zone of ["us-east-1a", "us-east-1b"]) {
        auroraInstance(`${name}-${zone}`, id, { availabilityZone: zone });
      }
    });
  }, "database-multi-az"),
  "fp-multi-az-cluster": good((n) => {
    const storage = { dbClusterInstanceClass: "db.m5d.large", storageType: "io1", iops: 1000 };
    clusterIn(
      n,
      (name, more) =>
        new aws.rds.Cluster(name, {
          ...{ ...safeCluster, engine: "mysql", allocatedStorage: 100, ...storage, ...more },
        }),
    );
  }, "database-multi-az"),

  "db-docdb-unprotected": bad("database-deletion-protection", (n) => {
    new aws.docdb.Cluster(n, { storageEncrypted: true, ...kept, deletionProtection: false });
  }),
  "db-neptune-unprotected": bad("database-deletion-protection", (n) => {
    new aws.neptune.Cluster(n, { storageEncrypted: true, ...kept, deletionProtection: undefined });
  }),
  "db-graph-unprotected": bad(
    "database-deletion-protection",
    (n) => new aws.neptunegraph.Graph(n, { provisionedMemory: 16, deletionProtection: false }),
  ),
  "db-replica-unprotected": bad("database-deletion-protection", (n) => {
    new aws.rds.Instance(n, { ...safeReplica, replicateSourceDb: "source", deletionProtection: false });
  }),
  "db-docdb-backups": bad("database-backups", (n) => {
    new aws.docdb.Cluster(n, { storageEncrypted: true, ...kept, backupRetentionPeriod: 1 });
  }),
  "db-neptune-backups": bad("database-backups", (n) => {
    new aws.neptune.Cluster(n, { storageEncrypted: true, ...kept, backupRetentionPeriod: undefined });
  }),
  "db-elastic-backups": bad(
    "database-backups",
    (n) =>
      new aws.docdb.ElasticCluster(n, {
        ...{ adminUserName: "a", authType: "SECRET_ARN", adminUserPassword: "arn", backupRetentionPeriod: 1 },
        ...{ shardCapacity: 2, shardCount: 1 },
      }),
  ),
  "db-redshift-backups": bad(
    "database-backups",
    (n) =>
      new aws.redshift.Cluster(n, {
        ...{ clusterIdentifier: "c", nodeType: "ra3.large", automatedSnapshotRetentionPeriod: 0 },
      }),
  ),
  "db-docdb-no-final-snapshot": bad("database-final-snapshot", (n) => {
    new aws.docdb.Cluster(n, { storageEncrypted: true, ...kept, skipFinalSnapshot: true });
  }),
  "db-neptune-no-final-snapshot": bad("database-final-snapshot", (n) => {
    new aws.neptune.Cluster(n, { storageEncrypted: true, ...kept, finalSnapshotIdentifier: undefined });
  }),
  "db-redshift-no-final-snapshot": bad(
    "database-final-snapshot",
    (n) =>
      new aws.redshift.Cluster(n, {
        ...{ clusterIdentifier: "c", nodeType: "ra3.large", skipFinalSnapshot: true },
      }),
  ),
  "fp-docdb": good((n) => {
    const { c, d } = makeNetwork(n);
    const { name } = new aws.docdb.SubnetGroup(n, { subnetIds: [c.id, d.id] });
    const { id } = new aws.docdb.Cluster(n, {
      ...{ masterUsername: "admin", manageMasterUserPassword: true, storageEncrypted: true, ...kept },
      dbSubnetGroupName: name,
    });
    for (const each of ["1", "2"]) {
      const args = { clusterIdentifier: id, instanceClass: "db.t4g.medium" };
      new aws.docdb.ClusterInstance(`${n}-${each}`, args);
    }
  }, "database-multi-az"),
  "fp-neptune": good((n) => {
    const { c, d } = makeNetwork(n);
    const { name } = new aws.neptune.SubnetGroup(n, { subnetIds: [c.id, d.id] });
    const { id } = new aws.neptune.Cluster(n, {
      ...{ storageEncrypted: true, ...kept, neptuneSubnetGroupName: name },
    });
    for (const each of ["1", "2"]) {
      const args = { clusterIdentifier: id, instanceClass: "db.t4g.medium" };
      new aws.neptune.ClusterInstance(`${n}-${each}`, args);
    }
  }, "database-multi-az"),
  "fp-redshift": good((n) => {
    const { c, d } = makeNetwork(n);
    const { name } = new aws.redshift.SubnetGroup(n, { subnetIds: [c.id, d.id] });
    new aws.redshift.Cluster(n, {
      ...{ clusterIdentifier: "c", nodeType: "ra3.large", masterUsername: "admin", encrypted: "true" },
      ...{ manageMasterPassword: true, clusterSubnetGroupName: name, automatedSnapshotRetentionPeriod: 7 },
      ...{ publiclyAccessible: false, finalSnapshotIdentifier: "final", numberOfNodes: 2, multiAz: true },
    });
  }, "database-multi-az"),
};
