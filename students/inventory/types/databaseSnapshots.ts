import { monthly, prices } from "../prices";
import { allOf, known, tagsOf, type ResourceType } from "../resource";

/** Snapshots of databases that users made, or that a deletion left. Automated backups go with their database. */
export const databaseSnapshots: ResourceType = {
  kind: "database snapshot",
  list: async (clients) => {
    const rds = await clients.rds();
    const found = await allOf(
      rds.paginateDescribeDBSnapshots({ SnapshotType: "manual" }),
      (page) => page.DBSnapshots,
    );
    return found.map((snapshot) => {
      const { DBSnapshotIdentifier = "", AllocatedStorage = 0 } = snapshot;
      return {
        kind: "database snapshot",
        id: DBSnapshotIdentifier,
        detail: `of ${AllocatedStorage} GiB`,
        tags: tagsOf(snapshot.TagList),
        createdAt: snapshot.SnapshotCreateTime,
        dollarsPerHour: monthly(AllocatedStorage * prices.databaseSnapshotPerGiBMonth),
        atMost: true,
        running: false,
        uses: known(snapshot.DBInstanceIdentifier),
      };
    });
  },
  remove: async (clients, id) => {
    await (await clients.rds()).deleteDBSnapshot({ DBSnapshotIdentifier: id });
  },
};
