import { prices } from "../prices";
import { known, tagsOf, type ResourceType } from "../resource";

/** Elastic IP addresses, in use or not. AWS does not report when one was allocated. */
export const addresses: ResourceType = {
  kind: "address",
  list: async (clients) => {
    const { Addresses = [] } = await (await clients.ec2()).describeAddresses({});
    return Addresses.map((address) => ({
      kind: "address",
      id: address.AllocationId ?? "",
      detail: `${address.PublicIp ?? ""}, ${address.AssociationId === undefined ? "not in use" : "in use"}`,
      tags: tagsOf(address.Tags),
      createdAt: undefined,
      dollarsPerHour: prices.publicIpv4PerHour,
      running: false,
      uses: known(address.InstanceId, address.NetworkInterfaceId),
    }));
  },
  remove: async (clients, id) => {
    const ec2 = await clients.ec2();
    const { Addresses = [] } = await ec2.describeAddresses({ AllocationIds: [id] });
    const association = Addresses[0]?.AssociationId;
    if (association !== undefined) await ec2.disassociateAddress({ AssociationId: association });
    await ec2.releaseAddress({ AllocationId: id });
  },
};
