import type { RouteTable } from "@aws-sdk/client-ec2";

import type { StudentAccount } from "../account/account";
import { everyItem } from "../account/paging";

/** The route tables of a VPC, by id. */
export async function routeTablesOf(account: StudentAccount, vpcId: string): Promise<readonly RouteTable[]> {
  const ec2 = await account.ec2();
  const { paginateDescribeRouteTables } = await import("@aws-sdk/client-ec2");
  return everyItem(
    paginateDescribeRouteTables({ client: ec2 }, { Filters: [{ Name: "vpc-id", Values: [vpcId] }] }),
    ({ RouteTables }) => RouteTables,
    ({ RouteTableId }) => RouteTableId,
  );
}

/** Those of the subnets that route to an internet gateway, by their own table or the VPC's main one. */
export async function openSubnetsOf(
  account: StudentAccount,
  vpcId: string,
  subnetIds: readonly string[],
): Promise<readonly string[]> {
  const tables = await routeTablesOf(account, vpcId);
  const main = tables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main === true));
  return subnetIds.filter((subnetId) => {
    const own = tables.find(({ Associations = [] }) =>
      Associations.some((association) => association.SubnetId === subnetId),
    );
    return ((own ?? main)?.Routes ?? []).some(
      ({ GatewayId, State }) => GatewayId?.startsWith("igw-") === true && State !== "blackhole",
    );
  });
}
