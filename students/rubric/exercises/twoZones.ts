import type { StudentAccount } from "../../account/account";
import { siteOf, type Site } from "../../site/site";
import { failed, passed, seen, type Exercise } from "../exercise";
import { noServers } from "../missing";

export const twoZones: Exercise = {
  id: "two-zones",
  row: 2,
  title: { en: "Servers in two Availability Zones", ko: "두 가용 영역의 서버" },
  proves: {
    en: "The site survives the failure of an Availability Zone.",
    ko: "가용 영역 하나에 장애가 나도 사이트를 유지합니다.",
  },
  points: 4,
  how: {
    en: "The program uses two zones by default; or start the second server in, or edit the group's subnets to, another zone.",
    ko: "이 프로그램은 기본으로 두 영역을 사용합니다. 또는 두 번째 서버를 다른 영역의 서브넷에서 시작하거나 그룹의 서브넷을 편집합니다.",
  },
  act: false,
  check: async (account) => {
    const site = await siteOf(account);
    const { servers } = site;
    if (servers.length === 0) return noServers(site);
    const serverZones = unique(servers.map(({ zone }) => zone));
    const groupZones = await zonesOfGroup(account, site);
    const evidence = [
      ...servers.map(({ id, zone }) => seen(`${id} runs in ${zone}`, `${id}: ${zone}에서 실행 중`)),
      ...(groupZones.length === 0
        ? []
        : [
            seen(
              `the group starts servers in ${groupZones.join(", ")}`,
              `그룹이 서버를 시작하는 영역: ${groupZones.join(", ")}`,
            ),
          ]),
    ];
    // A group with one server starts the next one in another zone.
    const zones = servers.length === 1 ? unique([...serverZones, ...groupZones]) : serverZones;
    if (zones.length >= 2) return passed(...evidence);
    return failed(
      {
        en: "Start a server in another zone: give the group a subnet in each of two Availability Zones.",
        ko: "다른 영역에서 서버를 시작합니다. 그룹에 두 가용 영역의 서브넷을 하나씩 지정합니다.",
      },
      ...evidence,
    );
  },
};

async function zonesOfGroup(account: StudentAccount, { group }: Site): Promise<readonly string[]> {
  if (group === undefined) return [];
  if (group.subnetIds.length === 0) return group.zones;
  const ec2 = await account.ec2();
  const { Subnets = [] } = await ec2.describeSubnets({
    Filters: [{ Name: "subnet-id", Values: [...group.subnetIds] }],
  });
  return unique(Subnets.flatMap(({ AvailabilityZone }) => AvailabilityZone ?? []));
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted();
}
