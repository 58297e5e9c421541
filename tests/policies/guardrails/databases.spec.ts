import { databaseNotPublic } from "../../../policies/guardrails/rules/databaseNotPublic";
import { databasePassword } from "../../../policies/guardrails/rules/databasePassword";
import { encryptedDatabase } from "../../../policies/guardrails/rules/encryptedDatabase";
import { databaseBackups } from "../../../policies/production/rules/databaseBackups";
import { databaseDeletionProtection } from "../../../policies/production/rules/databaseDeletionProtection";
import { databaseFinalSnapshot } from "../../../policies/production/rules/databaseFinalSnapshot";
import type { ResourceRule } from "../../../policies/support/rule";
import { itPasses, itRefuses } from "../support/expectations";
import { anyFixture } from "../support/fixture";

const rds = "aws:rds/instance:Instance";
const cluster = "aws:rds/cluster:Cluster";
const docdb = "aws:docdb/cluster:Cluster";
const elastic = "aws:docdb/elasticCluster:ElasticCluster";
const neptune = "aws:neptune/cluster:Cluster";
const redshift = "aws:redshift/cluster:Cluster";
const namespace = "aws:redshiftserverless/namespace:Namespace";
const graph = "aws:neptunegraph/graph:Graph";
const globals = [
  "aws:rds/globalCluster:GlobalCluster",
  "aws:docdb/globalCluster:GlobalCluster",
  "aws:neptune/globalCluster:GlobalCluster",
];

/** The type, its properties, and the property that violates with its shown value and what is allowed. */
type Row = readonly [
  type: string,
  props: object,
  violation?: readonly [at: string, value: unknown, allowed: string],
];

function table(rule: ResourceRule, rows: readonly Row[]): void {
  describe(`${rule.name} of every service`, () => {
    for (const [type, props, violation] of rows) {
      const what = `${type} with ${JSON.stringify(props)}`;
      const resource = anyFixture(type, "database", props);
      if (violation === undefined) {
        itPasses(rule, what, resource);
      } else {
        const [at, value, allowed] = violation;
        itRefuses(rule, what, resource, { at, value, allowed });
      }
    }
  });
}

table(encryptedDatabase, [
  ...[rds, cluster, docdb, neptune].flatMap((type): Row[] => [
    [type, { storageEncrypted: true }],
    [type, { storageEncrypted: false }, ["storageEncrypted", false, "true"]],
    [type, {}, ["storageEncrypted", undefined, "true"]],
  ]),
  ...globals.flatMap((type): Row[] => [
    [type, { storageEncrypted: true }],
    [type, {}, ["storageEncrypted", undefined, "true"]],
    [type, { sourceDbClusterIdentifier: "arn" }],
    [
      type,
      { sourceDbClusterIdentifier: "arn", storageEncrypted: false },
      ["storageEncrypted", false, "true"],
    ],
  ]),
  [cluster, { engineMode: "serverless" }],
  [cluster, { engineMode: "provisioned" }, ["storageEncrypted", undefined, "true"]],
  [cluster, { replicationSourceIdentifier: "arn" }],
  [rds, { replicateSourceDb: "source" }],
  [rds, { replicateSourceDb: "source", storageEncrypted: false }, ["storageEncrypted", false, "true"]],
  [redshift, {}],
  [redshift, { encrypted: "true" }],
  [redshift, { encrypted: "false" }, ["encrypted", false, "true"]],
]);

const password = ["(a password)", "no password"] as const;
table(databasePassword, [
  ...[rds, cluster, docdb].flatMap((type): Row[] => [
    [type, { manageMasterUserPassword: true }],
    [type, { manageMasterUserPassword: false }, ["manageMasterUserPassword", false, "true"]],
    [type, {}, ["manageMasterUserPassword", undefined, "true"]],
  ]),
  ...["password", "passwordWo"].map((at): Row => [
    rds,
    { manageMasterUserPassword: true, [at]: "hunter2" },
    [at, ...password],
  ]),
  ...[cluster, docdb].flatMap((type) =>
    ["masterPassword", "masterPasswordWo"].map((at): Row => [
      type,
      { manageMasterUserPassword: true, [at]: "hunter2" },
      [at, ...password],
    ]),
  ),
  [rds, { replicateSourceDb: "source" }],
  [cluster, { replicationSourceIdentifier: "arn" }],
  [cluster, { globalClusterIdentifier: "g" }],
  [
    cluster,
    { globalClusterIdentifier: "g", masterUsername: "admin" },
    ["manageMasterUserPassword", undefined, "true"],
  ],
  [
    cluster,
    { globalClusterIdentifier: "g", manageMasterUserPassword: false },
    ["manageMasterUserPassword", false, "true"],
  ],
  [neptune, {}],
  [elastic, { authType: "SECRET_ARN", adminUserPassword: "arn" }],
  [elastic, { authType: "PLAIN_TEXT", adminUserPassword: "hunter2" }, ["adminUserPassword", ...password]],
  [redshift, { manageMasterPassword: true }],
  [redshift, {}, ["manageMasterPassword", undefined, "true"]],
  ...["masterPassword", "masterPasswordWo"].map((at): Row => [
    redshift,
    { manageMasterPassword: true, [at]: "hunter2" },
    [at, ...password],
  ]),
  [namespace, { adminUsername: "admin", manageAdminPassword: true }],
  [namespace, { adminUsername: "admin" }, ["manageAdminPassword", undefined, "true"]],
  [
    namespace,
    { manageAdminPassword: true, adminUserPassword: "hunter2" },
    ["adminUserPassword", ...password],
  ],
  [
    namespace,
    { manageAdminPassword: true, adminUserPasswordWo: "hunter2" },
    ["adminUserPasswordWo", ...password],
  ],
]);

const offByDefault = [
  "aws:rds/shardGroup:ShardGroup",
  "aws:neptune/clusterInstance:ClusterInstance",
  redshift,
  "aws:redshiftserverless/workgroup:Workgroup",
  "aws:timestreaminfluxdb/dbCluster:DbCluster",
  "aws:timestreaminfluxdb/dbInstance:DbInstance",
];
const snapshots = [
  "aws:rds/snapshot:Snapshot",
  "aws:rds/snapshotCopy:SnapshotCopy",
  "aws:rds/clusterSnapshot:ClusterSnapshot",
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
];
table(databaseNotPublic, [
  ...offByDefault.flatMap((type): Row[] => [
    [type, {}],
    [type, { publiclyAccessible: true }, ["publiclyAccessible", true, "false"]],
  ]),
  ["aws:dms/replicationInstance:ReplicationInstance", {}, ["publiclyAccessible", undefined, "false"]],
  ["aws:dms/replicationInstance:ReplicationInstance", { publiclyAccessible: false }],
  [redshift, { elasticIp: "203.0.113.7" }, ["elasticIp", true, "false"]],
  [graph, {}],
  [graph, { publicConnectivity: true }, ["publicConnectivity", true, "false"]],
  ...snapshots.flatMap((type): Row[] => [
    [type, {}],
    [type, { sharedAccounts: ["123456789012"] }],
    [type, { sharedAccounts: ["123456789012", "all"] }, ["sharedAccounts[1]", "all", "ids of accounts"]],
  ]),
]);

table(databaseDeletionProtection, [
  ...[docdb, neptune].flatMap((type): Row[] => [
    [type, { deletionProtection: true }],
    [type, {}, ["deletionProtection", undefined, "true"]],
  ]),
  [graph, {}],
  [graph, { deletionProtection: false }, ["deletionProtection", false, "true"]],
  [redshift, {}],
]);

const days = "at least 7 days";
table(databaseBackups, [
  ...[docdb, neptune, elastic].flatMap((type): Row[] => [
    [type, { backupRetentionPeriod: 7 }],
    [type, { backupRetentionPeriod: 6 }, ["backupRetentionPeriod", 6, days]],
    [type, {}, ["backupRetentionPeriod", undefined, days]],
  ]),
  [redshift, { automatedSnapshotRetentionPeriod: 7 }],
  [redshift, {}, ["automatedSnapshotRetentionPeriod", undefined, days]],
  [graph, {}],
]);

const named = { finalSnapshotIdentifier: "final" };
table(databaseFinalSnapshot, [
  ...[docdb, neptune, redshift].flatMap((type): Row[] => [
    [type, named],
    [type, { ...named, skipFinalSnapshot: true }, ["skipFinalSnapshot", true, "false"]],
    [type, {}, ["finalSnapshotIdentifier", undefined, "a name for the snapshot"]],
  ]),
  [graph, {}],
]);
