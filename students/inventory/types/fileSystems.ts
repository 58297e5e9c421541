import { setTimeout as sleep } from "node:timers/promises";

import { prices, storage } from "../prices";
import { allOf, known, tagsOf, type ResourceType } from "../resource";
import { untilGone } from "../waiting";

/** EFS file systems, by what they store now. */
export const fileSystems: ResourceType = {
  kind: "file system",
  list: async (clients) => {
    const efs = await clients.efs();
    const found = await allOf(efs.paginateDescribeFileSystems({}), (page) => page.FileSystems);
    return Promise.all(
      found.map(async (system) => {
        const { FileSystemId = "", SizeInBytes, Name } = system;
        const { MountTargets = [] } = await efs.describeMountTargets({ FileSystemId });
        const bytes = SizeInBytes?.Value ?? 0;
        return {
          kind: "file system" as const,
          id: FileSystemId,
          detail: `${Name === undefined || Name === "" ? "" : `${Name}, `}${(bytes / 2 ** 30).toFixed(2)} GiB`,
          tags: tagsOf(system.Tags),
          createdAt: system.CreationTime,
          dollarsPerHour: storage(bytes, prices.sharedFilesPerGiBMonth),
          running: false,
          uses: known(...new Set(MountTargets.map(({ VpcId }) => VpcId))),
        };
      }),
    );
  },
  remove: async (clients, id) => {
    const efs = await clients.efs();
    const targets = async () => {
      const { MountTargets = [] } = await efs.describeMountTargets({ FileSystemId: id });
      return MountTargets.filter(({ LifeCycleState }) => LifeCycleState !== "deleted");
    };
    for (const { MountTargetId, LifeCycleState } of await targets()) {
      if (LifeCycleState !== "deleting") await efs.deleteMountTarget({ MountTargetId });
    }
    await untilGone(async () => (await targets()).length > 0, sleep);
    await efs.deleteFileSystem({ FileSystemId: id });
  },
};
