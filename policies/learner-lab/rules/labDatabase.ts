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
    on("aws:rds/instance:Instance", function* (database, { sizes, maximumGiB, storageTypes }) {
      const { instanceClass, storageType, monitoringInterval } = database;
      if (!sizes.includes(instanceClass.split(".").at(-1) ?? "")) {
        yield { at: "instanceClass", value: instanceClass, allowed: `a size of ${sizes.join(", ")}` };
      }
      yield* judgeGiB("allocatedStorage", database.allocatedStorage, maximumGiB);
      yield* judgeGiB("maxAllocatedStorage", database.maxAllocatedStorage, maximumGiB);
      // The default is gp2.
      if (storageType !== undefined && !storageTypes.includes(storageType)) {
        yield { at: "storageType", value: storageType, allowed: `one of ${storageTypes.join(", ")}` };
      }
      if (monitoringInterval !== undefined && monitoringInterval !== 0) {
        yield { at: "monitoringInterval", value: monitoringInterval, allowed: "0 (no enhanced monitoring)" };
      }
    }),
  ],
);

function* judgeGiB(at: string, size: number | undefined, maximum: number): Iterable<Finding> {
  if (size !== undefined && size > maximum)
    yield { at, value: size, allowed: `at most ${String(maximum)} GiB` };
}
