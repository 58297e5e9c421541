import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { auroraInstance, changed, clusterIn, kept, safeCluster, safeReplica } from "./databaseParts";

const share = { sharedAccounts: ["123456789012", "all"] };

export const databases: PolicyCases = {
  "db-docdb": bad(
    "encrypted-database",
    (n) =>
      new aws.docdb.Cluster(n, {
        ...{ masterUsername: "a", masterPassword: "hunter22", storageEncrypted: false },
        skipFinalSnapshot: true,
      }),
  ),
  "db-neptune": bad("encrypted-database", (n) => new aws.neptune.Cluster(n, { skipFinalSnapshot: true })),
  "db-global": bad(
    "encrypted-database",
    (n) => new aws.rds.GlobalCluster(n, { globalClusterIdentifier: "g", storageEncrypted: false }),
  ),
  "db-global-unset": bad(
    "encrypted-database",
    (n) => new aws.rds.GlobalCluster(n, { globalClusterIdentifier: "g", engine: "aurora-mysql" }),
  ),
  "db-docdb-global": bad(
    "encrypted-database",
    (n) => new aws.docdb.GlobalCluster(n, { globalClusterIdentifier: "g" }),
  ),
  "db-neptune-global": bad(
    "encrypted-database",
    (n) => new aws.neptune.GlobalCluster(n, { globalClusterIdentifier: "g", storageEncrypted: false }),
  ),
  "db-redshift-unencrypted": bad(
    "encrypted-database",
    (n) => new aws.redshift.Cluster(n, { clusterIdentifier: "c", nodeType: "ra3.large", encrypted: "false" }),
  ),
  "db-replica-unencrypted": bad("encrypted-database", (n) => {
    new aws.rds.Instance(n, { ...safeReplica, replicateSourceDb: "source", storageEncrypted: false });
  }),
  "db-cluster-unencrypted": bad("encrypted-database", (n) => {
    new aws.rds.Cluster(n, { ...safeCluster, storageEncrypted: false });
  }),
  "db-serverless-unencrypted": bad("encrypted-database", (n) => {
    new aws.rds.Cluster(n, { ...safeCluster, engineMode: "serverless", storageEncrypted: false });
  }),
  "fp-db-serverless-default": good((n) => {
    const args = { ...safeCluster, engineMode: "serverless", storageEncrypted: undefined };
    clusterIn(n, (name, more) => new aws.rds.Cluster(name, { ...args, ...more }));
  }, "database-multi-az"),
  "fp-db-global-from-source": good(
    (n) =>
      new aws.rds.GlobalCluster(n, {
        ...{ globalClusterIdentifier: "g", sourceDbClusterIdentifier: "arn:aws:rds:us-east-1:1:cluster:c" },
        deletionProtection: true,
      }),
    "database-multi-az",
  ),

  "db-redshift-public": bad(
    "database-not-public",
    (n) =>
      new aws.redshift.Cluster(n, {
        ...{ clusterIdentifier: "c", nodeType: "ra3.large", publiclyAccessible: true },
        ...{ masterUsername: "a", masterPassword: "Hunter22x" },
      }),
  ),
  "db-redshift-elastic-ip": bad(
    "database-not-public",
    (n) =>
      new aws.redshift.Cluster(n, { clusterIdentifier: "c", nodeType: "ra3.large", elasticIp: "1.2.3.4" }),
  ),
  "db-redshift-serverless-public": bad(
    "database-not-public",
    (n) =>
      new aws.redshiftserverless.Workgroup(n, {
        ...{ namespaceName: "n", workgroupName: "w", publiclyAccessible: true },
      }),
  ),
  "db-neptune-public": bad(
    "database-not-public",
    (n) =>
      new aws.neptune.ClusterInstance(n, {
        ...{ clusterIdentifier: "c", instanceClass: "db.t4g.medium", publiclyAccessible: true },
      }),
  ),
  "db-neptune-graph-public": bad(
    "database-not-public",
    (n) =>
      new aws.neptunegraph.Graph(n, {
        ...{ provisionedMemory: 16, publicConnectivity: true, deletionProtection: true },
      }),
  ),
  "db-influx-public": bad(
    "database-not-public",
    (n) =>
      new aws.timestreaminfluxdb.DbInstance(n, {
        ...{ allocatedStorage: 20, bucket: "b", dbInstanceType: "db.influx.medium", organization: "o" },
        ...{ username: "admin", password: "hunter2hunter2", publiclyAccessible: true },
        ...{ vpcSecurityGroupIds: ["sg-1"], vpcSubnetIds: ["subnet-1"] },
      }),
  ),
  "db-shard-group-public": bad(
    "database-not-public",
    (n) =>
      new aws.rds.ShardGroup(n, {
        ...{ dbClusterIdentifier: "c", dbShardGroupIdentifier: "s", maxAcu: 16, publiclyAccessible: true },
      }),
  ),
  "db-migration-public": bad(
    "database-not-public",
    (n) =>
      new aws.dms.ReplicationInstance(n, {
        ...{ replicationInstanceClass: "dms.t3.micro", replicationInstanceId: "r", publiclyAccessible: true },
      }),
  ),
  "db-replica-public": bad("database-not-public", (n) => {
    new aws.rds.Instance(n, { ...safeReplica, replicateSourceDb: "source", publiclyAccessible: true });
  }),
  "db-snapshot-public": bad(
    "database-not-public",
    (n) => new aws.rds.Snapshot(n, { dbInstanceIdentifier: "d", dbSnapshotIdentifier: "s", ...share }),
  ),
  "db-snapshot-copy-public": bad(
    "database-not-public",
    (n) =>
      new aws.rds.SnapshotCopy(n, {
        ...{ sourceDbSnapshotIdentifier: "s", targetDbSnapshotIdentifier: "t", ...share },
      }),
  ),
  "db-cluster-snapshot-public": bad(
    "database-not-public",
    (n) =>
      new aws.rds.ClusterSnapshot(n, {
        ...{ dbClusterIdentifier: "c", dbClusterSnapshotIdentifier: "s", ...share },
      }),
  ),
  "db-cluster-snapshot-copy-public": bad(
    "database-not-public",
    (n) =>
      new aws.rds.ClusterSnapshotCopy(n, {
        ...{ sourceDbClusterSnapshotIdentifier: "s", targetDbClusterSnapshotIdentifier: "t", ...share },
      }),
  ),
  "fp-db-snapshot-shared": good(
    (n) =>
      new aws.rds.Snapshot(n, {
        ...{ dbInstanceIdentifier: "d", dbSnapshotIdentifier: "s", sharedAccounts: ["123456789012"] },
      }),
  ),
  "db-clusterinstance-public": bad("database-not-public", (n) => {
    auroraInstance(n, "cluster", { publiclyAccessible: true });
  }),

  "db-password": changed("database-password", { manageMasterUserPassword: undefined, password: "hunter22" }),
  "db-password-write-only": changed("database-password", { passwordWo: "hunter22" }),
  "db-docdb-password": bad(
    "database-password",
    (n) =>
      new aws.docdb.Cluster(n, {
        ...{ masterUsername: "a", masterPassword: "hunter22", storageEncrypted: true, ...kept },
      }),
  ),
  "db-redshift-password": bad(
    "database-password",
    (n) =>
      new aws.redshift.Cluster(n, {
        ...{ clusterIdentifier: "c", nodeType: "ra3.large", masterPasswordWo: "Hunter22x" },
      }),
  ),
  "db-redshift-unmanaged": bad(
    "database-password",
    (n) =>
      new aws.redshift.Cluster(n, {
        ...{ clusterIdentifier: "c", nodeType: "ra3.large", masterUsername: "admin" },
      }),
  ),
  "db-redshift-serverless-password": bad(
    "database-password",
    (n) =>
      new aws.redshiftserverless.Namespace(n, {
        ...{ namespaceName: "n", adminUsername: "a", adminUserPassword: "Hunter22x" },
      }),
  ),
  "db-elastic-password": bad(
    "database-password",
    (n) =>
      new aws.docdb.ElasticCluster(n, {
        ...{ adminUserName: "a", adminUserPassword: "hunter22", authType: "PLAIN_TEXT" },
        ...{ shardCapacity: 2, shardCount: 1 },
      }),
  ),
  "db-global-secondary-password": bad("database-password", (n) => {
    new aws.rds.Cluster(n, {
      ...{ ...safeCluster, manageMasterUserPassword: false, masterPassword: "hunter22" },
      globalClusterIdentifier: "g",
    });
  }),
  "fp-db-elastic": good(
    (n) =>
      new aws.docdb.ElasticCluster(n, {
        ...{ adminUserName: "a", authType: "SECRET_ARN", backupRetentionPeriod: 7 },
        adminUserPassword: "arn:aws:secretsmanager:us-east-1:123456789012:secret:admin",
        ...{ shardCapacity: 2, shardCount: 1, shardInstanceCount: 2 },
      }),
    "database-multi-az",
  ),
  "fp-aurora-global-secondary": good(
    (n) =>
      new aws.rds.Cluster(n, {
        ...{ engine: "aurora-mysql", globalClusterIdentifier: "g", storageEncrypted: true, ...kept },
        replicationSourceIdentifier: "arn:aws:rds:us-west-2:1:cluster:x",
        availabilityZones: ["us-east-1a", "us-east-1b"],
      }),
    "database-multi-az",
  ),
};
