import type { Route } from "@aws-sdk/client-ec2";
import type { RouteArgs, RouteState } from "@pulumi/aws/ec2";
import { crc32 } from "node:zlib";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import { importedByPair } from "../importId";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

const targets = ["gatewayId", "natGatewayId", "networkInterfaceId"] as const;

/** A route for one IPv4 range. It has no id in AWS; ours has Terraform's form. */
export const route: ResourceType<RouteArgs> = {
  token: "aws:ec2/route:Route",
  properties: {
    destinationCidrBlock: { required: true, replace: true },
    gatewayId: {},
    natGatewayId: {},
    networkInterfaceId: {},
    routeTableId: { required: true, replace: true },
  },
  check: (inputs) => {
    const given = targets.filter((target) => inputs[target] !== undefined);
    if (given.length === 1) return [];
    const reason = `exactly one of ${targets.join(", ")}, not ${given.length === 0 ? "none" : given.join(" and ")}`;
    return [{ property: given[1] ?? "gatewayId", reason }];
  },
  async create(aws, inputs) {
    const ec2 = await aws.ec2();
    const place = placeOf(inputs);
    await ec2.createRoute({ ...place, ...targetOf(inputs) });
    return { id: idOf(place) };
  },
  async read(aws, _id, prior) {
    const place = placeOf(prior);
    const found = await find(aws, place);
    if (found === undefined) return undefined;
    return present({
      destinationCidrBlock: found.DestinationCidrBlock,
      gatewayId: found.GatewayId,
      natGatewayId: found.NatGatewayId,
      networkInterfaceId: found.NetworkInterfaceId,
      origin: found.Origin,
      routeTableId: place.RouteTableId,
      state: found.State,
    } satisfies Known<RouteState>);
  },
  /** Import id: `rtb-1_10.0.0.0/8`. */
  imported: importedByPair("_", (RouteTableId, DestinationCidrBlock) => ({
    id: idOf({ RouteTableId, DestinationCidrBlock }),
    prior: { routeTableId: RouteTableId, destinationCidrBlock: DestinationCidrBlock },
  })),
  async update(aws, { new: inputs }) {
    const ec2 = await aws.ec2();
    await ec2.replaceRoute({ ...placeOf(inputs), ...targetOf(inputs) });
  },
  async delete(aws, _id, state) {
    const ec2 = await aws.ec2();
    await unlessGone(
      ec2.deleteRoute(placeOf(state)),
      "InvalidRoute.NotFound",
      "InvalidRouteTableID.NotFound",
    );
  },
};

function idOf({ RouteTableId, DestinationCidrBlock }: ReturnType<typeof placeOf>): string {
  return `r-${RouteTableId}${crc32(DestinationCidrBlock)}`;
}

function placeOf(properties: Properties) {
  const from = reading<RouteArgs>(properties);
  return {
    RouteTableId: from.requiredString("routeTableId"),
    DestinationCidrBlock: from.requiredString("destinationCidrBlock"),
  };
}

function targetOf(inputs: Properties) {
  const from = reading<RouteArgs>(inputs);
  return {
    GatewayId: from.string("gatewayId"),
    NatGatewayId: from.string("natGatewayId"),
    NetworkInterfaceId: from.string("networkInterfaceId"),
  };
}

async function find(aws: AwsClients, place: ReturnType<typeof placeOf>): Promise<Route | undefined> {
  const ec2 = await aws.ec2();
  const answer = await unlessGone(
    ec2.describeRouteTables({ RouteTableIds: [place.RouteTableId] }),
    "InvalidRouteTableID.NotFound",
  );
  const routes = answer?.RouteTables?.[0]?.Routes ?? [];
  return routes.find(({ DestinationCidrBlock }) => DestinationCidrBlock === place.DestinationCidrBlock);
}
