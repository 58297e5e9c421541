import type { StudentAccount } from "../../account/account";
import { inOrder } from "../../account/paging";
import type { Balancer } from "../../site/balancers";
import { siteOf } from "../../site/site";
import { failed, passed, seen, type Exercise } from "../exercise";
import { noBalancer } from "../missing";

export const balancerDns: Exercise = {
  id: "balancer-dns",
  row: 4,
  title: { en: "The balancer's name gives its addresses", ko: "로드 밸런서 도메인의 IP 주소" },
  proves: {
    en: "The DNS name of the load balancer resolves to an address in each of its zones.",
    ko: "로드 밸런서의 DNS 이름으로 각 영역의 IP 주소를 조회할 수 있습니다.",
  },
  points: 2,
  how: {
    en: "Run nslookup with the DNS name that EC2, Load Balancers shows.",
    ko: "EC2 > 로드 밸런서에 표시된 DNS 이름으로 nslookup을 실행합니다.",
  },
  act: false,
  check: async (account) => {
    const { balancer } = await siteOf(account);
    if (balancer === undefined) return noBalancer();
    const { dnsName } = balancer;
    const [addresses, own] = await Promise.all([
      account.internet.resolve(dnsName),
      addressesOf(account, balancer),
    ]);
    const evidence = [
      addresses.length === 0
        ? seen(`${dnsName} has no address`, `${dnsName}: 주소 없음`)
        : seen(`${dnsName} is ${addresses.join(", ")}`, `${dnsName}: ${addresses.join(", ")}`),
    ];
    const strange = addresses.filter((address) => own.length > 0 && !own.includes(address));
    if (addresses.length > 0 && strange.length === 0) return passed(...evidence);
    return failed(
      {
        en: "Wait until the balancer is active; if its name still has no address of its own, create it again.",
        ko: "로드 밸런서가 활성 상태가 될 때까지 기다립니다. 그 뒤에도 이름에 주소가 없으면 다시 생성합니다.",
      },
      ...evidence,
    );
  },
};

/** The public addresses of the balancer's network interfaces. */
async function addressesOf(account: StudentAccount, { arn }: Balancer): Promise<readonly string[]> {
  const ec2 = await account.ec2();
  const { NetworkInterfaces = [] } = await ec2.describeNetworkInterfaces({
    Filters: [{ Name: "description", Values: [`ELB ${arn.split(":loadbalancer/")[1] ?? ""}`] }],
  });
  return inOrder(NetworkInterfaces, ({ NetworkInterfaceId }) => NetworkInterfaceId).flatMap(
    ({ Association }) => Association?.PublicIp ?? [],
  );
}
