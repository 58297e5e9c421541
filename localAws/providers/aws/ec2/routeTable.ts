import type { RouteTableArgs, RouteTableState } from "@pulumi/aws/ec2";

import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { ec2Arn } from "./arn";
import { retag, taggedAs } from "./tagging";

/** A route table. Its routes are separate resources (`aws.ec2.Route`). */
export const routeTable: ResourceType<RouteTableArgs> = {
  token: "aws:ec2/routeTable:RouteTable",
  properties: { tags: {}, vpcId: { required: true, replace: true } },
  async create(aws, inputs) {
    const ec2 = await aws.ec2();
    const { RouteTable } = await ec2.createRouteTable({
      VpcId: reading<RouteTableArgs>(inputs).requiredString("vpcId"),
      ...taggedAs("route-table", inputs),
    });
    return { id: sent(RouteTable?.RouteTableId, "RouteTable.RouteTableId") };
  },
  async read(aws, id) {
    const ec2 = await aws.ec2();
    const answer = await unlessGone(
      ec2.describeRouteTables({ RouteTableIds: [id] }),
      "InvalidRouteTableID.NotFound",
    );
    const found = answer?.RouteTables?.[0];
    if (found === undefined) return undefined;
    return present({
      arn: ec2Arn(aws, "route-table", id, found.OwnerId),
      ownerId: found.OwnerId,
      vpcId: found.VpcId,
      ...tagProperties(found.Tags),
    } satisfies Known<RouteTableState>);
  },
  update: retag,
  async delete(aws, RouteTableId) {
    await unlessGone((await aws.ec2()).deleteRouteTable({ RouteTableId }), "InvalidRouteTableID.NotFound");
  },
};
