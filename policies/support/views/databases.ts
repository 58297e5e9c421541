import { isSet } from "../isSet";
import type { AnyResource } from "../resourceTypes";
import type { Findings, Judgement } from "../rule";
import { isOn } from "../spelling";
import { databaseType, type Database, type DatabaseType } from "./databaseType";

const rdsGroup = "aws:rds/subnetGroup:SubnetGroup";

interface ClusterProps {
  readonly storageEncrypted?: boolean | undefined;
  readonly deletionProtection?: boolean | undefined;
  readonly backupRetentionPeriod?: number | undefined;
  readonly skipFinalSnapshot?: boolean | undefined;
}

/** What the clusters of RDS, DocumentDB and Neptune have in common. */
const clusterParts = (props: ClusterProps) => ({
  encrypted: { at: "storageEncrypted", value: () => props.storageEncrypted },
  deletionProtection: { at: "deletionProtection", value: () => props.deletionProtection },
  backupDays: { at: "backupRetentionPeriod", value: () => props.backupRetentionPeriod },
  skipFinalSnapshot: { at: "skipFinalSnapshot", value: () => props.skipFinalSnapshot, default: false },
});

interface GlobalProps {
  readonly storageEncrypted?: boolean | undefined;
}

const globalCluster = (props: GlobalProps): Database => ({
  isReplica: isSet(props, "sourceDbClusterIdentifier"),
  encrypted: { at: "storageEncrypted", value: () => props.storageEncrypted },
  passwords: [],
});

const publiclyAccessible = (props: { readonly publiclyAccessible?: boolean | undefined }) => ({
  at: "publiclyAccessible",
  value: () => props.publiclyAccessible,
  default: false,
});

/** Every type that stores a database, serves one, or moves one. A new one is added here, for all rules. */
const databaseTypes: readonly DatabaseType[] = [
  databaseType("aws:rds/instance:Instance", (props) => ({
    ...clusterParts(props),
    isReplica: isSet(props, "replicateSourceDb"),
    // Without the property, RDS uses a default that depends on the subnets.
    isPublic: { at: "publiclyAccessible", value: () => props.publiclyAccessible },
    managedPassword: { at: "manageMasterUserPassword", value: () => props.manageMasterUserPassword },
    passwords: ["password", "passwordWo"],
    subnets: { at: "dbSubnetGroupName", group: rdsGroup, required: true },
  })),
  databaseType("aws:rds/cluster:Cluster", (props) => ({
    ...clusterParts(props),
    isReplica: isReplicaCluster(props),
    encrypted: {
      at: "storageEncrypted",
      value: () => props.storageEncrypted,
      ...(props.engineMode === "serverless" ? { default: true } : {}),
    },
    managedPassword: { at: "manageMasterUserPassword", value: () => props.manageMasterUserPassword },
    passwords: ["masterPassword", "masterPasswordWo"],
    subnets: { at: "dbSubnetGroupName", group: rdsGroup, required: true },
  })),
  databaseType("aws:rds/clusterInstance:ClusterInstance", (props) => ({
    isReplica: false,
    isPublic: { at: "publiclyAccessible", value: () => props.publiclyAccessible },
    passwords: [],
    subnets: { at: "dbSubnetGroupName", group: rdsGroup, required: false },
  })),
  databaseType("aws:rds/globalCluster:GlobalCluster", globalCluster),
  databaseType("aws:lightsail/database:Database", (props) => ({
    isReplica: false,
    isPublic: publiclyAccessible(props),
    passwords: [],
  })),
  databaseType("aws:rds/shardGroup:ShardGroup", (props) => ({
    isReplica: false,
    isPublic: publiclyAccessible(props),
    passwords: [],
  })),
  databaseType("aws:docdb/cluster:Cluster", (props) => ({
    ...clusterParts(props),
    isReplica: isReplicaCluster(props),
    managedPassword: { at: "manageMasterUserPassword", value: () => props.manageMasterUserPassword },
    passwords: ["masterPassword", "masterPasswordWo"],
    subnets: { at: "dbSubnetGroupName", group: "aws:docdb/subnetGroup:SubnetGroup", required: false },
  })),
  databaseType("aws:docdb/globalCluster:GlobalCluster", globalCluster),
  databaseType("aws:docdb/elasticCluster:ElasticCluster", (props) => ({
    isReplica: false,
    // With SECRET_ARN the property has the ARN of a secret.
    passwords: props.authType === "SECRET_ARN" ? [] : ["adminUserPassword"],
    backupDays: { at: "backupRetentionPeriod", value: () => props.backupRetentionPeriod },
    subnets: { at: "subnetIds", group: undefined },
  })),
  databaseType("aws:neptune/cluster:Cluster", (props) => ({
    ...clusterParts(props),
    isReplica: isReplicaCluster(props),
    // Neptune has no passwords.
    passwords: [],
    subnets: {
      at: "neptuneSubnetGroupName",
      group: "aws:neptune/subnetGroup:SubnetGroup",
      required: false,
    },
  })),
  databaseType("aws:neptune/clusterInstance:ClusterInstance", (props) => ({
    isReplica: false,
    isPublic: publiclyAccessible(props),
    passwords: [],
  })),
  databaseType("aws:neptune/globalCluster:GlobalCluster", globalCluster),
  databaseType("aws:neptunegraph/graph:Graph", (props) => ({
    isReplica: false,
    isPublic: { at: "publicConnectivity", value: () => props.publicConnectivity, default: false },
    deletionProtection: { at: "deletionProtection", value: () => props.deletionProtection, default: true },
    passwords: [],
  })),
  databaseType("aws:redshift/cluster:Cluster", (props) => ({
    isReplica: false,
    isPublic: {
      at: isSet(props, "elasticIp") ? "elasticIp" : "publiclyAccessible",
      value: () => (isSet(props, "elasticIp") ? true : props.publiclyAccessible),
      default: false,
    },
    encrypted: {
      at: "encrypted",
      value: () => (props.encrypted === undefined ? undefined : isOn(props.encrypted)),
      default: true,
    },
    managedPassword: { at: "manageMasterPassword", value: () => props.manageMasterPassword },
    passwords: ["masterPassword", "masterPasswordWo"],
    backupDays: {
      at: "automatedSnapshotRetentionPeriod",
      value: () => props.automatedSnapshotRetentionPeriod,
    },
    skipFinalSnapshot: { at: "skipFinalSnapshot", value: () => props.skipFinalSnapshot, default: false },
    subnets: {
      at: "clusterSubnetGroupName",
      group: "aws:redshift/subnetGroup:SubnetGroup",
      required: false,
    },
  })),
  databaseType("aws:redshiftserverless/namespace:Namespace", (props) => ({
    isReplica: false,
    managedPassword: {
      at: "manageAdminPassword",
      value: () => props.manageAdminPassword,
      // Without an administrator's name, users sign in with IAM.
      ...(isSet(props, "adminUsername") ? {} : { default: true }),
    },
    passwords: ["adminUserPassword", "adminUserPasswordWo"],
  })),
  databaseType("aws:redshiftserverless/workgroup:Workgroup", (props) => ({
    isReplica: false,
    isPublic: publiclyAccessible(props),
    passwords: [],
    subnets: { at: "subnetIds", group: undefined },
  })),
  databaseType("aws:timestreaminfluxdb/dbCluster:DbCluster", (props) => ({
    isReplica: false,
    isPublic: publiclyAccessible(props),
    passwords: [],
    subnets: { at: "vpcSubnetIds", group: undefined },
  })),
  databaseType("aws:timestreaminfluxdb/dbInstance:DbInstance", (props) => ({
    isReplica: false,
    isPublic: publiclyAccessible(props),
    passwords: [],
    subnets: { at: "vpcSubnetIds", group: undefined },
  })),
  databaseType("aws:opensearch/domain:Domain", (props) => ({
    isReplica: false,
    encrypted: { at: "encryptAtRest.enabled", value: () => props.encryptAtRest?.enabled },
    passwords: [],
  })),
  databaseType("aws:elasticsearch/domain:Domain", (props) => ({
    isReplica: false,
    encrypted: { at: "encryptAtRest.enabled", value: () => props.encryptAtRest?.enabled },
    passwords: [],
  })),
  databaseType("aws:elasticache/replicationGroup:ReplicationGroup", (props) => ({
    // A secondary of a global datastore has the encryption of its primary.
    isReplica: isSet(props, "globalReplicationGroupId"),
    encrypted: {
      at: "atRestEncryptionEnabled",
      value: () =>
        props.atRestEncryptionEnabled === undefined ? undefined : isOn(props.atRestEncryptionEnabled),
      // Valkey's is on, Redis's is off.
      ...(props.engine === "valkey" ? { default: true } : {}),
    },
    passwords: [],
  })),
  databaseType("aws:dax/cluster:Cluster", (props) => ({
    isReplica: false,
    encrypted: { at: "serverSideEncryption.enabled", value: () => props.serverSideEncryption?.enabled },
    passwords: [],
  })),
  databaseType("aws:dms/replicationInstance:ReplicationInstance", (props) => ({
    isReplica: false,
    isPublic: { at: "publiclyAccessible", value: () => props.publiclyAccessible },
    passwords: [],
  })),
];

/** A secondary cluster of a global database, or a copy of another cluster, has no administrator of its own. */
function isReplicaCluster(props: object): boolean {
  return (
    isSet(props, "replicationSourceIdentifier") ||
    (isSet(props, "globalClusterIdentifier") && !isSet(props, "masterUsername") && isWithoutPassword(props))
  );
}

function isWithoutPassword(props: object): boolean {
  return !["masterPassword", "masterPasswordWo", "manageMasterUserPassword"].some((each) =>
    isSet(props, each),
  );
}

/** Judges every type of database in one shape. */
export function onDatabases<Values>(
  judge: (database: Database, values: Values, resource: AnyResource) => Findings,
): readonly Judgement<Values>[] {
  return databaseTypes.map((each) => each.on(judge));
}

/** The databases of a stack. */
export function databasesIn<Resource extends AnyResource>(
  stack: readonly Resource[],
): readonly { readonly resource: Resource; readonly database: Database }[] {
  return stack.flatMap((resource) => {
    for (const { viewOf } of databaseTypes) {
      const database = viewOf(resource);
      if (database !== undefined) return [{ resource, database }];
    }
    return [];
  });
}
