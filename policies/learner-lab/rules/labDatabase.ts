import type { Finding } from "../../support/finding";
import { on, resourceRule } from "../../support/rule";
import { wholeNumber, strings } from "../../support/settings";
import { fromTheLab } from "../source";

/** The database that a student may have. */
export const labDatabase = resourceRule(
  {
    name: "lab-database",
    displayName: "Database of the lab",
    description: "A database is of at most medium size and 100 GiB of gp2, without enhanced monitoring.",
    why: "The lab denies larger databases, other disks and enhanced monitoring.",
    severity: "medium",
    fix: "Set the database's instanceClass, storage and storageType to what the lab allows, and leave monitoringInterval out.",
    ...fromTheLab,
    settings: {
      sizes: strings({
        default: ["nano", "micro", "small", "medium"],
        description: "The sizes that a database may have",
        of: "the last part of the instance class",
      }),
      maximumGiB: wholeNumber({
        default: 100,
        minimum: 20,
        description: "The most storage, in GiB, also that it may grow to",
      }),
      storageTypes: strings({
        default: ["gp2"],
        description: "The kinds of disk a database may have",
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
      // AWS takes gp2 where nothing is said.
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
