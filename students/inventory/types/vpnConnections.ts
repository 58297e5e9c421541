import { prices } from "../prices";
import { known, tagsOf, type ResourceType } from "../resource";

/** AWS lists deleted connections for a while, free of charge. */
const there = { Name: "state", Values: ["pending", "available"] };

/** Site-to-Site VPN connections, without traffic. */
export const vpnConnections: ResourceType = {
  kind: "VPN connection",
  list: async (clients) => {
    const { VpnConnections = [] } = await (
      await clients.ec2()
    ).describeVpnConnections({
      Filters: [there],
    });
    return VpnConnections.map(
      ({ VpnConnectionId = "", State = "", Tags, VpnGatewayId, TransitGatewayId }) => ({
        kind: "VPN connection",
        id: VpnConnectionId,
        detail: State,
        tags: tagsOf(Tags),
        createdAt: undefined,
        dollarsPerHour: prices.vpnConnectionPerHour,
        running: false,
        uses: known(VpnGatewayId, TransitGatewayId),
      }),
    );
  },
  remove: async (clients, id) => {
    await (await clients.ec2()).deleteVpnConnection({ VpnConnectionId: id });
  },
};
