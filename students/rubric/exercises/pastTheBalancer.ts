import { messageOf } from "../../../cli/failure";
import type { StudentAccount } from "../../account/account";
import { NotSeenError } from "../../account/notSeen";
import { withParticle } from "../../language/particle";
import { sourceText, sourcesTo } from "../../site/access";
import type { Server } from "../../site/servers";
import { siteOf } from "../../site/site";
import { failed, passed, seen, type Evidence, type Exercise } from "../exercise";
import { noServers } from "../missing";

const httpPort = 80;

export const pastTheBalancer: Exercise = {
  id: "past-the-balancer",
  row: 2,
  title: { en: "HTTP past the balancer is refused", ko: "로드 밸런서를 거치지 않는 HTTP 차단" },
  proves: {
    en: "Visitors reach servers only through the load balancer.",
    ko: "방문자는 로드 밸런서를 통해서만 서버에 접속합니다.",
  },
  points: 3,
  how: {
    en: "Remove every inbound rule for HTTP from the servers' security groups, except the balancer's security group.",
    ko: "서버의 보안 그룹에서 로드 밸런서의 보안 그룹을 제외한 HTTP 인바운드 규칙을 모두 삭제합니다.",
  },
  act: false,
  check: async (account) => {
    const site = await siteOf(account);
    const { balancer, servers, targetGroup } = site;
    if (servers.length === 0) return noServers(site);
    const ports = [...new Set([targetGroup?.port ?? httpPort, httpPort])];
    const admitted = balancer?.groups ?? [];
    const ways = await Promise.all(
      servers.flatMap((server) => ports.map((port) => waysPast(account, server, port, admitted))),
    );
    const evidence = ways.flatMap((way) => way.evidence);
    if (ways.every(({ isClosed }) => isClosed)) return passed(...evidence);
    return failed(
      {
        en: "Remove the rules that admit HTTP to the servers from anything but the balancer's security group.",
        ko: "로드 밸런서의 보안 그룹 이외의 소스에서 서버로의 HTTP를 허용하는 규칙을 삭제합니다.",
      },
      ...evidence,
    );
  },
};

/** The rules that admit others than the balancer, and an attempt from the internet where the server has an address. */
async function waysPast(
  account: StudentAccount,
  { id, groups, publicAddresses }: Server,
  port: number,
  admitted: readonly string[],
): Promise<{ readonly isClosed: boolean; readonly evidence: readonly Evidence[] }> {
  const others = (await sourcesTo(account, groups, port)).filter(
    (source) => source.kind !== "group" || !admitted.includes(source.groupId),
  );
  const texts = others.map(sourceText).join(", ");
  const attempts = await Promise.all(publicAddresses.map((address) => attempt(account, id, address, port)));
  return {
    isClosed: others.length === 0 && attempts.every(({ isClosed }) => isClosed),
    evidence: [
      others.length === 0
        ? seen(
            `${id} admits port ${port} from the balancer only`,
            `${id}: 포트 ${withParticle(String(port), "은/는")} 로드 밸런서에서만 허용함`,
          )
        : seen(
            `${id} admits port ${port} from ${texts}`,
            `${id}: 포트 ${withParticle(String(port), "을/를")} ${texts}에서 허용함`,
          ),
      ...attempts.map(({ evidence }) => evidence),
    ],
  };
}

async function attempt(
  { internet }: StudentAccount,
  id: string,
  address: string,
  port: number,
): Promise<{ readonly isClosed: boolean; readonly evidence: Evidence }> {
  const place = `http://${address}:${port}/`;
  try {
    const { status } = await internet.visit(new URL(place));
    return {
      isClosed: false,
      evidence: seen(`${place} (${id}) answers ${status}`, `${place} (${id}): 응답 ${status}`),
    };
  } catch (error) {
    // The rules decide where nothing can be tried.
    const reason =
      error instanceof NotSeenError ? error.reason : { en: messageOf(error), ko: messageOf(error) };
    return {
      isClosed: true,
      evidence: seen(`${place} (${id}): ${reason.en}`, `${place} (${id}): ${reason.ko}`),
    };
  }
}
