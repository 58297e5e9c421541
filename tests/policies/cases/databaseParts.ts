import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";

import { bad, type PolicyCase } from "./case";
import { makeNetwork, type Network } from "./parts";

export const kept = {
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

export const safeReplica: Omit<aws.rds.InstanceArgs, "replicateSourceDb"> = {
  ...{ instanceClass: "db.t4g.micro", publiclyAccessible: false },
  ...{ deletionProtection: true, skipFinalSnapshot: true },
};

export const groupOf = (name: string, ...subnets: readonly aws.ec2.Subnet[]) =>
  new aws.rds.SubnetGroup(name, { subnetIds: subnets.map(({ id }) => id) });

/** A database in subnets of a network. */
export const makeDatabaseIn = (name: string, ...subnets: readonly aws.ec2.Subnet[]) =>
  new aws.rds.Instance(name, { ...safeDatabase, dbSubnetGroupName: groupOf(name, ...subnets).name });

/** Two subnets without a route table of their own. */
export const bareSubnets = ({ makeSubnet }: Network) => [
  makeSubnet("e", "us-east-1a"),
  makeSubnet("f", "us-east-1b"),
];

/** A database in private subnets with a change. */
export const changed = (rule: string, change: Partial<aws.rds.InstanceArgs>): PolicyCase =>
  bad(rule, (n) => new aws.rds.Instance(n, { ...safeDatabase, ...change }));

export const clusterIn = (
  name: string,
  make: (name: string, args: Partial<aws.rds.ClusterArgs>) => unknown,
): unknown => {
  const { c, d } = makeNetwork(name);
  return make(name, { dbSubnetGroupName: groupOf(name, c, d).name });
};

export const auroraInstance = (
  name: string,
  clusterIdentifier: Input<string>,
  change: Partial<aws.rds.ClusterInstanceArgs> = {},
) =>
  new aws.rds.ClusterInstance(name, {
    ...{ clusterIdentifier, engine: "aurora-mysql", instanceClass: "db.t4g.medium" },
    ...{ publiclyAccessible: false, ...change },
  });
