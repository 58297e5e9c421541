import { isWorld, sourceText, sourcesTo } from "../../site/access";
import { siteOf } from "../../site/site";
import { failed, passed, seen, type Exercise } from "../exercise";
import { noBalancer, noServers } from "../missing";

const sshPort = 22;
const httpPort = 80;

export const securityGroups: Exercise = {
  id: "security-groups",
  row: 2,
  title: { en: "Security groups for SSH and for the balancer", ko: "SSH와 로드 밸런서용 보안 그룹" },
  proves: {
    en: "Servers admit the load balancer by its security group, and SSH from few places only.",
    ko: "서버는 로드 밸런서의 보안 그룹을 허용하고, SSH는 제한된 위치에서만 허용합니다.",
  },
  points: 3,
  how: {
    en: "The program creates the rules; or EC2, Security Groups, Inbound rules: the balancer's security group as the source.",
    ko: "이 프로그램이 규칙을 생성합니다. 또는 EC2 > 보안 그룹 > 인바운드 규칙에서 소스로 로드 밸런서의 보안 그룹을 지정합니다.",
  },
  act: false,
  check: async (account) => {
    const site = await siteOf(account);
    const { balancer, servers, targetGroup } = site;
    if (servers.length === 0) return noServers(site);
    if (balancer === undefined) return noBalancer();
    const port = targetGroup?.port ?? httpPort;
    const results = await Promise.all(
      servers.map(async ({ id, groups }) => {
        const web = await sourcesTo(account, groups, port);
        const ssh = await sourcesTo(account, groups, sshPort);
        const admitsBalancer = web.some(
          (source) => source.kind === "group" && balancer.groups.includes(source.groupId),
        );
        const open = ssh.filter(isWorld).map(sourceText);
        return { id, admitsBalancer, open };
      }),
    );
    const evidence = results.flatMap(({ id, admitsBalancer, open }) => [
      admitsBalancer
        ? seen(`${id} admits the balancer's security group`, `${id}: 로드 밸런서의 보안 그룹을 허용함`)
        : seen(
            `${id} has no rule for the balancer's security group to port ${port}`,
            `${id}: 포트 ${port}에 로드 밸런서의 보안 그룹을 허용하는 규칙이 없음`,
          ),
      open.length === 0
        ? seen(`${id} admits no SSH from the internet`, `${id}: 인터넷에서의 SSH를 허용하지 않음`)
        : seen(`${id} admits SSH from ${open.join(", ")}`, `${id}: ${open.join(", ")}에서 SSH를 허용함`),
    ]);
    if (results.every(({ admitsBalancer, open }) => admitsBalancer && open.length === 0)) {
      return passed(...evidence);
    }
    return failed(
      {
        en: "Fix the inbound rules: HTTP from the balancer's security group, SSH from your own address only.",
        ko: "인바운드 규칙을 수정합니다. HTTP는 로드 밸런서의 보안 그룹에서, SSH는 자신의 IP에서만 허용합니다.",
      },
      ...evidence,
    );
  },
};
