import { siteOf } from "../../site/site";
import { failed, passed, seen, type Exercise } from "../exercise";
import { noServers } from "../missing";

export const noPublicAddress: Exercise = {
  id: "no-public-address",
  row: 2,
  title: { en: "Servers without public addresses", ko: "퍼블릭 IP가 없는 서버" },
  proves: {
    en: "No host on the internet can address a server.",
    ko: "인터넷의 어떤 호스트도 서버에 직접 접속할 수 없습니다.",
  },
  points: 4,
  how: {
    en: "The program gives servers none; in the console set Auto-assign public IP to Disable in the launch template.",
    ko: "이 프로그램은 서버에 퍼블릭 IP를 할당하지 않습니다. 콘솔에서는 시작 템플릿의 퍼블릭 IP 자동 할당을 비활성화합니다.",
  },
  act: false,
  check: async (account) => {
    const site = await siteOf(account);
    if (site.servers.length === 0) return noServers(site);
    const evidence = site.servers.map(({ id, publicAddresses }) =>
      publicAddresses.length === 0
        ? seen(`${id} has no public address`, `${id}: 퍼블릭 IP 없음`)
        : seen(`${id} has ${publicAddresses.join(", ")}`, `${id}: 퍼블릭 IP ${publicAddresses.join(", ")}`),
    );
    if (site.servers.every(({ publicAddresses }) => publicAddresses.length === 0)) return passed(...evidence);
    return failed(
      {
        en: "Turn off public addresses in the launch template or subnet, and replace the servers that have one.",
        ko: "시작 템플릿이나 서브넷에서 퍼블릭 IP 할당을 끄고 퍼블릭 IP가 있는 서버를 교체합니다.",
      },
      ...evidence,
    );
  },
};
