import type { GetOrderableDbInstanceResult } from "@pulumi/aws/rds";

import type { FunctionType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** The newest engine version with which RDS offers a class, and the zones of the class. */
export const getOrderableDbInstance: FunctionType = {
  token: "aws:rds/getOrderableDbInstance:getOrderableDbInstance",
  args: ["engine", "engineLatestVersion", "instanceClass", "preferredInstanceClasses"],
  async invoke(aws, args) {
    const from = reading<GetOrderableDbInstanceResult>(args);
    const preferred = from.strings("preferredInstanceClasses");
    const { OrderableDBInstanceOptions = [] } = await (
      await aws.rds()
    ).describeOrderableDBInstanceOptions({
      Engine: from.requiredString("engine"),
      DBInstanceClass: from.string("instanceClass"),
    });
    const [first] = preferred ?? [];
    const fitting = OrderableDBInstanceOptions.filter(
      ({ DBInstanceClass }) => first === undefined || DBInstanceClass === first,
    );
    if (fitting.length === 0) {
      throw new Error("no RDS Orderable DB Instance Options found matching criteria; try different search");
    }
    if (fitting.length > 1 && (preferred === undefined || from.boolean("engineLatestVersion") !== true)) {
      throw new Error(`multiple (${fitting.length}) RDS DB Instance Classes match the criteria`);
    }
    const found = fitting.toSorted((one, other) => byVersion(one.EngineVersion, other.EngineVersion)).at(-1);
    return present({
      ...args,
      availabilityZones: (found?.AvailabilityZones ?? []).flatMap(({ Name }) => Name ?? []),
      engine: found?.Engine,
      engineVersion: found?.EngineVersion,
      id: found?.DBInstanceClass,
      instanceClass: found?.DBInstanceClass,
      region: aws.region,
      supportsMultiAz: found?.MultiAZCapable,
    } satisfies Known<GetOrderableDbInstanceResult>);
  },
};

function byVersion(one = "", other = ""): number {
  return one.localeCompare(other, "en", { numeric: true });
}
