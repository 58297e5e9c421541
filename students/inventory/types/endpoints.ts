import { setTimeout as sleep } from "node:timers/promises";

import { counted } from "../../../cli/counted";
import { prices } from "../prices";
import { allOf, known, tagsOf, type ResourceType } from "../resource";
import { untilGone } from "../waiting";

/** Endpoints of AWS's services in a VPC. Those of S3 and DynamoDB that are gateways are free and not listed. */
export const endpoints: ResourceType = {
  kind: "endpoint",
  list: async (clients) => {
    const ec2 = await clients.ec2();
    const found = await allOf(ec2.paginateDescribeVpcEndpoints({}), (page) => page.VpcEndpoints);
    return found
      .filter(
        ({ VpcEndpointType, State }) =>
          VpcEndpointType !== "Gateway" && String(State).toLowerCase() !== "deleted",
      )
      .map((endpoint) => {
        const zones = Math.max(1, endpoint.SubnetIds?.length ?? 0);
        return {
          kind: "endpoint",
          id: endpoint.VpcEndpointId ?? "",
          detail: `${endpoint.ServiceName ?? ""}, ${counted(zones, "zone")}`,
          tags: tagsOf(endpoint.Tags),
          createdAt: endpoint.CreationTimestamp,
          dollarsPerHour: zones * prices.interfaceEndpointPerHour,
          running: false,
          uses: known(endpoint.VpcId),
        };
      });
  },
  remove: async (clients, id) => {
    const ec2 = await clients.ec2();
    const { Unsuccessful = [] } = await ec2.deleteVpcEndpoints({ VpcEndpointIds: [id] });
    const [refused] = Unsuccessful;
    if (refused !== undefined)
      throw new Error(`${refused.Error?.Code ?? ""}: ${refused.Error?.Message ?? ""}`);
    await untilGone(async () => {
      const filters = [{ Name: "vpc-endpoint-id", Values: [id] }];
      const { VpcEndpoints = [] } = await ec2.describeVpcEndpoints({ Filters: filters });
      return VpcEndpoints.some(({ State }) => String(State).toLowerCase() !== "deleted");
    }, sleep);
  },
};
