import { prices } from "../prices";
import { allOf, known, tagsOf, type ResourceType } from "../resource";
import { patience } from "../waiting";

/** AWS lists deleted gateways for another hour, free of charge. */
const there = { Name: "state", Values: ["pending", "available", "failed"] };

/** NAT gateways, without their addresses: each Elastic IP has its own line. */
export const natGateways: ResourceType = {
  kind: "NAT gateway",
  list: async (clients) => {
    const ec2 = await clients.ec2();
    const found = await allOf(
      ec2.paginateDescribeNatGateways({ Filter: [there] }),
      (page) => page.NatGateways,
    );
    return found.map((gateway) => ({
      kind: "NAT gateway",
      id: gateway.NatGatewayId ?? "",
      detail: gateway.State ?? "",
      tags: tagsOf(gateway.Tags),
      createdAt: gateway.CreateTime,
      dollarsPerHour: gateway.State === "failed" ? 0 : prices.natGatewayPerHour,
      running: false,
      aliases: known(
        ...(gateway.NatGatewayAddresses ?? []).map(({ NetworkInterfaceId }) => NetworkInterfaceId),
      ),
      uses: known(gateway.VpcId),
    }));
  },
  remove: async (clients, id) => {
    const ec2 = await clients.ec2();
    await ec2.deleteNatGateway({ NatGatewayId: id });
    await ec2.waitUntilNatGatewayDeleted({ NatGatewayIds: [id] }, patience);
  },
};
