import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { makeNetwork, world, type Network } from "./parts";

const kept = {
  deletionProtection: true,
  backupRetentionPeriod: 7,
  skipFinalSnapshot: false,
  finalSnapshotIdentifier: "final",
};

export const safeDatabase: aws.rds.InstanceArgs = {
  ...{ engine: "mariadb", instanceClass: "db.t4g.micro", allocatedStorage: 20, username: "admin" },
  ...{ manageMasterUserPassword: true, publiclyAccessible: false, storageEncrypted: true, multiAz: true },
  ...kept,
};

export const safeCluster: aws.rds.ClusterArgs = {
  ...{ engine: "aurora-mysql", masterUsername: "admin", manageMasterUserPassword: true },
  storageEncrypted: true,
  ...kept,
};

const safeReplica: Omit<aws.rds.InstanceArgs, "replicateSourceDb"> = {
  ...{ instanceClass: "db.t4g.micro", publiclyAccessible: false },
  ...{ deletionProtection: true, skipFinalSnapshot: true },
};

const groupOf = (name: string, ...subnets: readonly aws.ec2.Subnet[]) =>
  new aws.rds.SubnetGroup(name, { subnetIds: subnets.map(({ id }) => id) });

/** A database in subnets of a network. */
const makeDatabaseIn = (name: string, ...subnets: readonly aws.ec2.Subnet[]) =>
  new aws.rds.Instance(name, { ...safeDatabase, dbSubnetGroupName: groupOf(name, ...subnets).name });

/** Two subnets without a route table of their own. */
const bareSubnets = ({ makeSubnet }: Network) => [
  makeSubnet("e", "us-east-1a"),
  makeSubnet("f", "us-east-1b"),
];

const inPrivate = (program: (name: string, network: Network) => unknown): PolicyCase =>
  bad("database-in-private-subnets", (n) => program(n, makeNetwork(n)));

export const privateSubnets: PolicyCases = {
  "ctl-good-db": good((n) => {
    const { c, d } = makeNetwork(n);
    makeDatabaseIn(n, c, d);
  }, "database-multi-az"),
  "db-public-subnets": inPrivate((n, { a, b }) => makeDatabaseIn(n, a, b)),
  "db-one-public-subnet": inPrivate((n, { a, d }) => makeDatabaseIn(n, a, d)),
  "db-apply-public": inPrivate((n, { a, b, c, d }) => {
    const subnetIds = pulumi.all([c.id, d.id, a.id, b.id]).apply((ids) => ids.slice(2));
    const group = new aws.rds.SubnetGroup(n, { subnetIds });
    new aws.rds.Instance(n, { ...safeDatabase, dbSubnetGroupName: group.name });
  }),
  "db-main-rt-assoc": inPrivate((n, network) => {
    const subnets = bareSubnets(network);
    new aws.ec2.MainRouteTableAssociation(n, {
      vpcId: network.vpc.id,
      routeTableId: network.publicTable.id,
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-route-on-main": inPrivate((n, network) => {
    const subnets = bareSubnets(network);
    new aws.ec2.Route(n, {
      ...{ routeTableId: network.vpc.mainRouteTableId, destinationCidrBlock: world },
      gatewayId: network.gateway.id,
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-route-on-default": inPrivate((n, network) => {
    const subnets = bareSubnets(network);
    new aws.ec2.Route(n, {
      ...{ routeTableId: network.vpc.defaultRouteTableId, destinationIpv6CidrBlock: "::/0" },
      gatewayId: network.gateway.id,
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-adopted-main": inPrivate((n, network) => {
    const subnets = bareSubnets(network);
    new aws.ec2.DefaultRouteTable(n, {
      defaultRouteTableId: network.vpc.defaultRouteTableId,
      routes: [{ cidrBlock: world, gatewayId: network.gateway.id }],
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-adopted-main-route": inPrivate((n, network) => {
    const subnets = bareSubnets(network);
    const main = new aws.ec2.DefaultRouteTable(n, { defaultRouteTableId: network.vpc.defaultRouteTableId });
    new aws.ec2.Route(n, {
      ...{ routeTableId: main.id, destinationCidrBlock: world, gatewayId: network.gateway.id },
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-associated-with-main": inPrivate((n, network) => {
    const { vpc, gateway, makeSubnet } = network;
    new aws.ec2.Route(n, {
      ...{ routeTableId: vpc.mainRouteTableId, destinationCidrBlock: world, gatewayId: gateway.id },
    });
    const subnets = ["us-east-1a", "us-east-1b"].map((zone) => {
      const subnet = makeSubnet(`main-${zone}`, zone);
      const args = { subnetId: subnet.id, routeTableId: vpc.mainRouteTableId };
      new aws.ec2.RouteTableAssociation(`${n}-${zone}`, args);
      return subnet;
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-associated-with-adopted": inPrivate((n, network) => {
    const { vpc, gateway, makeSubnet } = network;
    const main = new aws.ec2.DefaultRouteTable(n, {
      defaultRouteTableId: vpc.defaultRouteTableId,
      routes: [{ cidrBlock: world, gatewayId: gateway.id }],
    });
    makeDatabaseIn(
      n,
      makeSubnet("own-a", "us-east-1a", new aws.ec2.RouteTable(`${n}-own`, { vpcId: vpc.id })),
    );
    const open = makeSubnet("own-b", "us-east-1b");
    new aws.ec2.RouteTableAssociation(`${n}-open`, { subnetId: open.id, routeTableId: main.id });
    makeDatabaseIn(`${n}-2`, open);
  }),
  "db-default-subnets": bad("database-in-private-subnets", (n) => {
    const subnetIds = ["us-east-1a", "us-east-1b"].map(
      (availabilityZone) =>
        new aws.ec2.DefaultSubnet(`${n}-${availabilityZone}`, {
          availabilityZone,
          mapPublicIpOnLaunch: false,
        }).id,
    );
    const group = new aws.rds.SubnetGroup(n, { subnetIds });
    new aws.rds.Instance(n, { ...safeDatabase, dbSubnetGroupName: group.name });
  }),
  "db-default-vpc": bad("database-in-private-subnets", (n) => {
    const { id: vpcId } = new aws.ec2.DefaultVpc(n, {});
    const subnets = ["us-east-1a", "us-east-1b"].map(
      (availabilityZone) =>
        new aws.ec2.Subnet(`${n}-${availabilityZone}`, {
          ...{ vpcId, availabilityZone, cidrBlock: "172.31.128.0/24" },
        }),
    );
    makeDatabaseIn(n, ...subnets);
  }),
  "fp-db-default-vpc-private": good((n) => {
    const { id: vpcId } = new aws.ec2.DefaultVpc(n, {});
    const table = new aws.ec2.RouteTable(n, { vpcId });
    const subnets = ["us-east-1a", "us-east-1b"].map((availabilityZone) => {
      const subnet = new aws.ec2.Subnet(`${n}-${availabilityZone}`, {
        ...{ vpcId, availabilityZone, cidrBlock: "172.31.128.0/24" },
      });
      const args = { subnetId: subnet.id, routeTableId: table.id };
      new aws.ec2.RouteTableAssociation(`${n}-${availabilityZone}`, args);
      return subnet;
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-replica-public-subnets": inPrivate((n, { a, b, c, d }) => {
    const { arn } = makeDatabaseIn(n, c, d);
    const dbSubnetGroupName = groupOf(`${n}-replica`, a, b).name;
    new aws.rds.Instance(`${n}-replica`, { ...safeReplica, replicateSourceDb: arn, dbSubnetGroupName });
  }),
  "fp-db-replica": good((n) => {
    const { c, d } = makeNetwork(n);
    const { arn } = makeDatabaseIn(n, c, d);
    new aws.rds.Instance(`${n}-replica`, { ...safeReplica, replicateSourceDb: arn });
  }, "database-multi-az"),
  "fp-db-replica-own-group": good((n) => {
    const { c, d } = makeNetwork(n);
    const { arn } = makeDatabaseIn(n, c, d);
    const dbSubnetGroupName = groupOf(`${n}-replica`, c, d).name;
    new aws.rds.Instance(`${n}-replica`, { ...safeReplica, replicateSourceDb: arn, dbSubnetGroupName });
  }, "database-multi-az"),
  "db-cluster-public-subnets": inPrivate((n, { a, b }) => {
    new aws.rds.Cluster(n, { ...safeCluster, dbSubnetGroupName: groupOf(n, a, b).name });
  }),
  "db-docdb-public-subnets": inPrivate((n, { a, b }) => {
    const { name } = new aws.docdb.SubnetGroup(n, { subnetIds: [a.id, b.id] });
    new aws.docdb.Cluster(n, {
      ...{ masterUsername: "admin", manageMasterUserPassword: true, storageEncrypted: true, ...kept },
      dbSubnetGroupName: name,
    });
  }),
  "db-neptune-public-subnets": inPrivate((n, { a, b }) => {
    const { name } = new aws.neptune.SubnetGroup(n, { subnetIds: [a.id, b.id] });
    new aws.neptune.Cluster(n, { storageEncrypted: true, ...kept, neptuneSubnetGroupName: name });
  }),
  "db-redshift-public-subnets": inPrivate((n, { a, b }) => {
    const { name } = new aws.redshift.SubnetGroup(n, { subnetIds: [a.id, b.id] });
    new aws.redshift.Cluster(n, {
      ...{ clusterIdentifier: "c", nodeType: "ra3.large", masterUsername: "admin" },
      ...{ manageMasterPassword: true, clusterSubnetGroupName: name },
    });
  }),
  "db-redshift-serverless-public-subnets": inPrivate((n, { a, b }) => {
    new aws.redshiftserverless.Workgroup(n, {
      ...{ namespaceName: "n", workgroupName: "w", subnetIds: [a.id, b.id] },
    });
  }),
  "fp-db-other-networks-table": good((n) => {
    const network = makeNetwork(n);
    const other = makeNetwork(`${n}-other`);
    new aws.ec2.MainRouteTableAssociation(n, { vpcId: other.vpc.id, routeTableId: other.publicTable.id });
    new aws.ec2.Route(`${n}-main`, {
      ...{ routeTableId: other.vpc.mainRouteTableId, destinationCidrBlock: world },
      gatewayId: other.gateway.id,
    });
    makeDatabaseIn(n, ...bareSubnets(network));
  }),
  "fp-db-other-vpcs-adopted-table": good((n) => {
    const network = makeNetwork(n);
    new aws.ec2.DefaultRouteTable(n, {
      defaultRouteTableId: "rtb-of-another-vpc",
      routes: [{ cidrBlock: world, gatewayId: "igw-1" }],
    });
    makeDatabaseIn(n, ...bareSubnets(network));
  }),
  "fp-db-literal-other-vpc": good((n) => {
    const subnets = ["us-east-1a", "us-east-1b"].map(
      (availabilityZone) =>
        new aws.ec2.Subnet(`${n}-${availabilityZone}`, {
          ...{ vpcId: "vpc-1", availabilityZone, cidrBlock: "10.0.0.0/24" },
        }),
    );
    const table = new aws.ec2.RouteTable(n, {
      vpcId: "vpc-2",
      routes: [{ cidrBlock: world, gatewayId: "igw-1" }],
    });
    new aws.ec2.MainRouteTableAssociation(n, { vpcId: "vpc-2", routeTableId: table.id });
    makeDatabaseIn(n, ...subnets);
  }),
  "fp-db-egress-only": good((n) => {
    const { vpc, makeSubnet } = makeNetwork(n);
    const table = new aws.ec2.RouteTable(`${n}-egress`, { vpcId: vpc.id });
    const { id } = new aws.ec2.EgressOnlyInternetGateway(n, { vpcId: vpc.id });
    new aws.ec2.Route(n, {
      ...{ routeTableId: table.id, destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId: id },
    });
    makeDatabaseIn(n, makeSubnet("e", "us-east-1a", table), makeSubnet("f", "us-east-1b", table));
  }),
  "fp-db-apply-private": good((n) => {
    const { a, b, c, d } = makeNetwork(n);
    const subnetIds = pulumi.all([a.id, b.id, c.id, d.id]).apply((ids) => ids.slice(2));
    const group = new aws.rds.SubnetGroup(n, { subnetIds });
    new aws.rds.Instance(n, { ...safeDatabase, dbSubnetGroupName: group.name });
  }),
};

/** A database in private subnets with a change. */
const changed = (rule: string, change: Partial<aws.rds.InstanceArgs>): PolicyCase =>
  bad(rule, (n) => new aws.rds.Instance(n, { ...safeDatabase, ...change }));

const clusterIn = (
  name: string,
  make: (name: string, args: Partial<aws.rds.ClusterArgs>) => unknown,
): unknown => {
  const { c, d } = makeNetwork(name);
  return make(name, { dbSubnetGroupName: groupOf(name, c, d).name });
};

const auroraInstance = (
  name: string,
  clusterIdentifier: Input<string>,
  change: Partial<aws.rds.ClusterInstanceArgs> = {},
) =>
  new aws.rds.ClusterInstance(name, {
    ...{ clusterIdentifier, engine: "aurora-mysql", instanceClass: "db.t4g.medium" },
    ...{ publiclyAccessible: false, ...change },
  });

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

const inLab = (change: Partial<aws.rds.InstanceArgs>): PolicyCase =>
  bad("lab-database", (n) => {
    new aws.rds.Instance(n, { ...safeDatabase, storageType: "gp2", ...change });
  });

export const labDatabases: PolicyCases = {
  "lab-db-large": inLab({ instanceClass: "db.m5.large" }),
  "lab-db-io1": inLab({ storageType: "io1", iops: 1000 }),
  "lab-db-gp3": inLab({ storageType: "gp3" }),
  "lab-db-200-gib": inLab({ allocatedStorage: 200 }),
  "lab-db-grows": inLab({ maxAllocatedStorage: 1000 }),
  "lab-db-monitoring": inLab({ monitoringInterval: 60 }),
  "lab-db-replica-large": bad("lab-database", (n) => {
    new aws.rds.Instance(n, { ...safeReplica, instanceClass: "db.r6g.xlarge", replicateSourceDb: "source" });
  }),
  "lab-db-aurora-large": bad("lab-database", (n) => {
    auroraInstance(n, "cluster", { instanceClass: "db.r6g.large" });
  }),
  "lab-db-aurora-monitoring": bad("lab-database", (n) => {
    auroraInstance(n, "cluster", { monitoringInterval: 30 });
  }),
  "lab-db-multi-az-cluster": bad("lab-database", (n) => {
    const storage = { allocatedStorage: 100, storageType: "io1", iops: 1000 };
    new aws.rds.Cluster(n, { ...safeCluster, dbClusterInstanceClass: "db.m5d.large", ...storage });
  }),
  "lab-db-docdb-large": bad("lab-database", (n) => {
    new aws.docdb.ClusterInstance(n, { clusterIdentifier: "c", instanceClass: "db.r5.large" });
  }),
  "fp-lab-db": good((n) => {
    new aws.rds.Instance(n, { ...safeDatabase, storageType: "gp2", maxAllocatedStorage: 100 });
  }, "lab-database"),
  "fp-lab-db-aurora": good((n) => auroraInstance(n, "cluster"), "lab-database"),
};
