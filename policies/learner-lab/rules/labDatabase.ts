import type { Finding } from "../../support/finding";
import { on, resourceRule } from "../../support/rule";
import { wholeNumber, strings } from "../../support/settings";
import { fromTheLab } from "../source";

export const labDatabase = resourceRule(
  {
    name: "lab-database",
    displayName: "Database of the lab",
    description: "A database has at most medium size and 100 GiB of gp2, without enhanced monitoring.",
    why: "The lab denies larger databases, other storage types and enhanced monitoring.",
    severity: "medium",
    topics: ["account-limits"],
    fix: "Set the database's instanceClass, storage and storageType to values that the lab allows, and remove monitoringInterval.",
    ...fromTheLab,
    settings: {
      sizes: strings({
        default: ["nano", "micro", "small", "medium"],
        description: "The allowed sizes of a database",
        of: "the last part of the instance class",
      }),
      maximumGiB: wholeNumber({
        default: 100,
        minimum: 20,
        description: "The most storage, in GiB, storage autoscaling included",
      }),
      storageTypes: strings({
        default: ["gp2"],
        description: "The allowed storage types of a database",
      }),
    },
  },
  [
    on("aws:rds/instance:Instance", function* (database, limits) {
      yield* judgeClass("instanceClass", database.instanceClass, limits.sizes);
      yield* judgeStorage(database, limits);
      yield* judgeGiB("maxAllocatedStorage", database.maxAllocatedStorage, limits.maximumGiB);
      yield* judgeMonitoring(database.monitoringInterval);
    }),
    on("aws:rds/cluster:Cluster", function* (cluster, limits) {
      yield* judgeClass("dbClusterInstanceClass", cluster.dbClusterInstanceClass, limits.sizes);
      yield* judgeStorage(cluster, limits);
      yield* judgeMonitoring(cluster.monitoringInterval);
    }),
    on("aws:rds/clusterInstance:ClusterInstance", function* (instance, { sizes }) {
      yield* judgeClass("instanceClass", instance.instanceClass, sizes);
      yield* judgeMonitoring(instance.monitoringInterval);
    }),
    on("aws:docdb/clusterInstance:ClusterInstance", ({ instanceClass }, { sizes }) =>
      judgeClass("instanceClass", instanceClass, sizes),
    ),
    on("aws:neptune/clusterInstance:ClusterInstance", ({ instanceClass }, { sizes }) =>
      judgeClass("instanceClass", instanceClass, sizes),
    ),
  ],
);

function* judgeClass(
  at: string,
  instanceClass: string | undefined,
  sizes: readonly string[],
): Iterable<Finding> {
  if (instanceClass === undefined || sizes.includes(instanceClass.split(".").at(-1) ?? "")) return;
  yield { at, value: instanceClass, allowed: `a size of ${sizes.join(", ")}` };
}

interface Storage {
  readonly allocatedStorage?: number | undefined;
  readonly storageType?: string | undefined;
}

interface StorageLimits {
  readonly maximumGiB: number;
  readonly storageTypes: readonly string[];
}

function* judgeStorage(
  { allocatedStorage, storageType }: Storage,
  { maximumGiB, storageTypes }: StorageLimits,
): Iterable<Finding> {
  yield* judgeGiB("allocatedStorage", allocatedStorage, maximumGiB);
  // The default is gp2; Aurora's storage has no type.
  if (storageType === undefined || storageType === "aurora" || storageTypes.includes(storageType)) return;
  yield { at: "storageType", value: storageType, allowed: `one of ${storageTypes.join(", ")}` };
}

function* judgeMonitoring(seconds: number | undefined): Iterable<Finding> {
  if (seconds === undefined || seconds === 0) return;
  yield { at: "monitoringInterval", value: seconds, allowed: "0 (no enhanced monitoring)" };
}

function* judgeGiB(at: string, size: number | undefined, maximum: number): Iterable<Finding> {
  if (size !== undefined && size > maximum)
    yield { at, value: size, allowed: `at most ${String(maximum)} GiB` };
}
