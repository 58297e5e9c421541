import { allOf, known, tagsOf, type ResourceType } from "../resource";

/**
 * Network interfaces that no resource uses. They cost nothing, and keep their subnet and security groups from being
 * deleted.
 */
export const networkInterfaces: ResourceType = {
  kind: "network interface",
  list: async (clients) => {
    const ec2 = await clients.ec2();
    const Filters = [{ Name: "status", Values: ["available"] }];
    const found = await allOf(
      ec2.paginateDescribeNetworkInterfaces({ Filters }),
      (page) => page.NetworkInterfaces,
    );
    // A service deletes its own, such as those of a load balancer or a function, a while after it.
    const own = found.filter(({ RequesterManaged }) => RequesterManaged !== true);
    return own.map(({ NetworkInterfaceId = "", Description = "", TagSet, VpcId, SubnetId }) => ({
      kind: "network interface",
      id: NetworkInterfaceId,
      detail: Description === "" ? "not in use" : `${Description}, not in use`,
      tags: tagsOf(TagSet),
      createdAt: undefined,
      dollarsPerHour: 0,
      running: false,
      uses: known(SubnetId, VpcId),
    }));
  },
  remove: async (clients, id) => {
    await (await clients.ec2()).deleteNetworkInterface({ NetworkInterfaceId: id });
  },
};
