import type { DBInstance } from "@aws-sdk/client-rds";

import { monthly, priceOf, prices, times } from "../prices";
import { allOf, known, tagsOf, type Resource, type ResourceType } from "../resource";
import { patience } from "../waiting";

/** The engines whose instances have the prices of the table. */
const pricedEngines: ReadonlySet<string> = new Set(["mariadb", "mysql"]);

/** RDS instances. A stopped one costs its storage, and AWS starts it again after 7 days. */
export const databases: ResourceType = {
  kind: "database",
  list: async (clients) => {
    const rds = await clients.rds();
    const found = await allOf(rds.paginateDescribeDBInstances({}), (page) => page.DBInstances);
    return found.map(resourceOf);
  },
  remove: async (clients, id) => {
    const rds = await clients.rds();
    await rds.deleteDBInstance({
      DBInstanceIdentifier: id,
      SkipFinalSnapshot: true,
      DeleteAutomatedBackups: true,
    });
    await rds.waitUntilDBInstanceDeleted({ DBInstanceIdentifier: id }, patience);
  },
  stop: async (clients, id) => {
    await (await clients.rds()).stopDBInstance({ DBInstanceIdentifier: id });
  },
};

function resourceOf(database: DBInstance): Resource {
  const { DBInstanceIdentifier = "", DBInstanceClass = "", DBInstanceStatus = "" } = database;
  const { DBSubnetGroup, DBInstanceArn, MultiAZ = false } = database;
  const running = DBInstanceStatus !== "stopped" && DBInstanceStatus !== "stopping";
  return {
    kind: "database",
    id: DBInstanceIdentifier,
    detail: `${database.Engine ?? ""} ${DBInstanceClass}${MultiAZ ? " with standby" : ""}, ${DBInstanceStatus}`,
    tags: tagsOf(database.TagList),
    createdAt: database.InstanceCreateTime,
    dollarsPerHour: priceOfDatabase(database, running),
    running,
    aliases: known(DBInstanceArn),
    uses: known(DBSubnetGroup?.VpcId),
  };
}

function priceOfDatabase(database: DBInstance, running: boolean): number | undefined {
  const { Engine = "", DBInstanceClass, StorageType, AllocatedStorage = 0, MultiAZ = false } = database;
  const copies = MultiAZ ? 2 : 1;
  const storage = times(
    priceOf(prices.databaseStoragePerGiBMonth, StorageType),
    copies * monthly(AllocatedStorage),
  );
  if (!running) return storage;
  const server = pricedEngines.has(Engine)
    ? times(priceOf(prices.databasePerHour, DBInstanceClass), copies)
    : undefined;
  return server === undefined || storage === undefined ? undefined : server + storage;
}
