import type { StudentAccount } from "../../account/account";
import { everyItem, inOrder } from "../../account/paging";
import { isOwn } from "../../site/ownership";
import { routeTablesOf } from "../../site/routes";
import { siteOf, type Site } from "../../site/site";
import { failed, passed, seen, type Evidence, type Exercise } from "../exercise";
import { noBalancer } from "../missing";

export const natCost: Exercise = {
  id: "nat-cost",
  row: 12,
  title: { en: "No money for unused NAT", ko: "불필요한 NAT 비용 없음" },
  proves: {
    en: "At most one NAT gateway costs money, a route uses it, and no Elastic IP address is idle.",
    ko: "NAT 게이트웨이는 최대 1개이며 경로에서 사용되고, 유휴 탄력적 IP가 없습니다.",
  },
  points: 2,
  how: {
    en: "Set network.natGateways to none (with a golden image) or single; or VPC, NAT gateways, Delete, and release its address.",
    ko: "network.natGateways를 none(골든 이미지 사용 시) 또는 single로 설정합니다. 또는 VPC > NAT 게이트웨이를 삭제하고 탄력적 IP를 릴리스합니다.",
  },
  act: false,
  check: async (account) => {
    const site = await siteOf(account);
    const vpcId = vpcOf(site);
    if (vpcId === undefined) return noBalancer();
    const gateways = await gatewaysIn(account, vpcId);
    const tables = await routeTablesOf(account, vpcId);
    const used = new Set(
      tables.flatMap(({ Routes = [] }) => Routes.flatMap((each) => each.NatGatewayId ?? [])),
    );
    const unused = gateways.filter((id) => !used.has(id));
    const idle = await idleAddressesOf(account);
    const evidence: Evidence[] = [
      gateways.length === 0
        ? seen(`${vpcId} has no NAT gateway`, `${vpcId}: NAT 게이트웨이 없음`)
        : seen(
            `${vpcId} has ${gateways.join(", ")}, of which ${unused.length} without a route`,
            `${vpcId}: ${gateways.join(", ")}, 경로가 없는 것 ${unused.length}개`,
          ),
      idle.length === 0
        ? seen("no Elastic IP address is idle", "유휴 탄력적 IP 없음")
        : seen(`idle Elastic IP addresses: ${idle.join(", ")}`, `유휴 탄력적 IP: ${idle.join(", ")}`),
    ];
    if (gateways.length <= 1 && unused.length === 0 && idle.length === 0) return passed(...evidence);
    return failed(
      {
        en: "Delete the NAT gateways that are not needed, and release idle addresses.",
        ko: "필요 없는 NAT 게이트웨이를 삭제하고 유휴 탄력적 IP를 릴리스합니다.",
      },
      ...evidence,
    );
  },
};

function vpcOf({ servers, targetGroup, balancer }: Site): string | undefined {
  return servers[0]?.vpcId ?? targetGroup?.vpcId ?? balancer?.vpcId;
}

async function gatewaysIn(account: StudentAccount, vpcId: string): Promise<readonly string[]> {
  const ec2 = await account.ec2();
  const { paginateDescribeNatGateways } = await import("@aws-sdk/client-ec2");
  const all = await everyItem(
    paginateDescribeNatGateways({ client: ec2 }, { Filter: [{ Name: "vpc-id", Values: [vpcId] }] }),
    ({ NatGateways }) => NatGateways,
    ({ NatGatewayId }) => NatGatewayId,
  );
  return all
    .filter(({ State }) => State === "available" || State === "pending")
    .flatMap(({ NatGatewayId }) => NatGatewayId ?? []);
}

async function idleAddressesOf(account: StudentAccount): Promise<readonly string[]> {
  const ec2 = await account.ec2();
  const { Addresses = [] } = await ec2.describeAddresses({});
  return inOrder(Addresses, ({ PublicIp }) => PublicIp)
    .filter(({ AssociationId, Tags }) => AssociationId === undefined && isOwn(account, Tags))
    .flatMap(({ PublicIp }) => PublicIp ?? []);
}
