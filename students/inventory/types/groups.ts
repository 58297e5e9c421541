import { allOf, tagsOf, type ResourceType } from "../resource";
import { patience } from "../waiting";

/** Auto Scaling groups: free, but each starts servers again. */
export const groups: ResourceType = {
  kind: "group",
  list: async (clients) => {
    const autoScaling = await clients.autoScaling();
    const found = await allOf(
      autoScaling.paginateDescribeAutoScalingGroups({}),
      (page) => page.AutoScalingGroups,
    );
    return found.map((group) => {
      const { AutoScalingGroupName = "", MinSize = 0, DesiredCapacity = 0, MaxSize = 0 } = group;
      return {
        kind: "group",
        id: AutoScalingGroupName,
        detail: `${MinSize} to ${MaxSize} servers, ${DesiredCapacity} desired`,
        tags: tagsOf(group.Tags),
        createdAt: group.CreatedTime,
        dollarsPerHour: 0,
        // Its maximum of 0 keeps schedules and alarms from starting servers.
        running: MaxSize > 0,
        uses: (group.VPCZoneIdentifier ?? "").split(",").filter((id) => id !== ""),
      };
    });
  },
  remove: async (clients, id) => {
    const autoScaling = await clients.autoScaling();
    await autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: id, ForceDelete: true });
    await autoScaling.waitUntilGroupNotExists({ AutoScalingGroupNames: [id] }, patience);
  },
  stop: async (clients, id) => {
    await (
      await clients.autoScaling()
    ).updateAutoScalingGroup({ AutoScalingGroupName: id, MinSize: 0, DesiredCapacity: 0, MaxSize: 0 });
  },
};
