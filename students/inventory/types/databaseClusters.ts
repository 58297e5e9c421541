import { allOf, known, tagsOf, type ResourceType } from "../resource";
import { patience } from "../waiting";

/**
 * Clusters of RDS, Aurora's among them. Their instances have their own lines; what a cluster stores is billed by use, which
 * AWS does not list here.
 */
export const databaseClusters: ResourceType = {
  kind: "database cluster",
  list: async (clients) => {
    const rds = await clients.rds();
    const found = await allOf(rds.paginateDescribeDBClusters({}), (page) => page.DBClusters);
    return found.map((cluster) => ({
      kind: "database cluster",
      id: cluster.DBClusterIdentifier ?? "",
      detail: `${cluster.Engine ?? ""}, ${cluster.Status ?? ""}`,
      tags: tagsOf(cluster.TagList),
      createdAt: cluster.ClusterCreateTime,
      dollarsPerHour: undefined,
      running: cluster.Status !== "stopped" && cluster.Status !== "stopping",
      aliases: known(cluster.DBClusterArn),
      uses: [],
    }));
  },
  remove: async (clients, id) => {
    const rds = await clients.rds();
    await rds.deleteDBCluster({ DBClusterIdentifier: id, SkipFinalSnapshot: true });
    await rds.waitUntilDBClusterDeleted({ DBClusterIdentifier: id }, patience);
  },
  stop: async (clients, id) => {
    await (await clients.rds()).stopDBCluster({ DBClusterIdentifier: id });
  },
};
