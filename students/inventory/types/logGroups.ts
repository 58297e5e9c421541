import { prices, storage } from "../prices";
import { allOf, known, type ResourceType } from "../resource";

/** What a service writes a log group for, by the group's name. */
const writers: readonly RegExp[] = [/^\/aws\/lambda\/([^/]+)$/, /^\/aws\/rds\/instance\/([^/]+)\//];

/** Log groups of CloudWatch, by what they store now; a new one is free until it stores something. */
export const logGroups: ResourceType = {
  kind: "log group",
  list: async (clients) => {
    const logs = await clients.cloudWatchLogs();
    const found = await allOf(logs.paginateDescribeLogGroups({}), (page) => page.logGroups);
    return Promise.all(
      found.map(async (group) => {
        const { logGroupName = "", arn = "", storedBytes = 0, creationTime } = group;
        const { tags = {} } = await logs.listTagsForResource({ resourceArn: arn.replace(/:\*$/, "") });
        const writer = writers
          .map((pattern) => pattern.exec(logGroupName)?.[1])
          .find((name) => name !== undefined);
        return {
          kind: "log group" as const,
          id: logGroupName,
          detail: `${(storedBytes / 2 ** 20).toFixed(1)} MiB`,
          tags,
          createdAt: creationTime === undefined ? undefined : new Date(creationTime),
          dollarsPerHour: storage(storedBytes, prices.logStoragePerGiBMonth),
          running: false,
          uses: known(writer),
        };
      }),
    );
  },
  remove: async (clients, id) => {
    await (await clients.cloudWatchLogs()).deleteLogGroup({ logGroupName: id });
  },
};
