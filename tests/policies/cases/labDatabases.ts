import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { auroraInstance, safeCluster, safeDatabase, safeReplica } from "./databaseParts";

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
