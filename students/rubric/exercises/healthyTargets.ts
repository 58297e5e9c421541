import { siteOf } from "../../site/site";
import { isPaused } from "../../site/site";
import { failed, notChecked, passed, seen, type Exercise } from "../exercise";
import { noBalancer, paused } from "../missing";

export const healthyTargets: Exercise = {
  id: "healthy-targets",
  row: 3,
  title: { en: "A healthy target group behind the balancer", ko: "로드 밸런서 뒤의 정상 대상 그룹" },
  proves: {
    en: "The load balancer routes to servers that answer its health checks.",
    ko: "로드 밸런서가 상태 확인에 응답하는 서버로 라우팅합니다.",
  },
  points: 5,
  how: {
    en: "Run up; or EC2, Target Groups: register the servers, and forward to the group in the balancer's listener.",
    ko: "up을 실행합니다. 또는 EC2 > 대상 그룹에서 서버를 등록하고 로드 밸런서의 리스너에서 이 그룹으로 전달합니다.",
  },
  act: false,
  check: async (account) => {
    const site = await siteOf(account);
    const { balancer, targetGroup, targets } = site;
    if (balancer === undefined || targetGroup === undefined) return noBalancer();
    // A draining target gets no new requests.
    const inUse = targets.filter(({ state }) => state !== "draining");
    const evidence = inUse.map(({ id, state, reason }) =>
      seen(
        `${id} is ${state}${reason === undefined ? "" : ` (${reason})`} in ${targetGroup.name}`,
        `${targetGroup.name}의 ${id}: ${state}${reason === undefined ? "" : ` (${reason})`}`,
      ),
    );
    if (inUse.length === 0) {
      if (isPaused(site)) return paused(site.group?.name ?? "");
      return failed(
        {
          en: `Register the servers in the target group ${targetGroup.name}.`,
          ko: `대상 그룹 ${targetGroup.name}에 서버를 등록합니다.`,
        },
        seen(`${targetGroup.name} has no targets`, `${targetGroup.name}에 등록된 대상이 없음`),
      );
    }
    if (inUse.every(({ state }) => state === "healthy")) return passed(...evidence);
    if (inUse.every(({ state }) => state === "healthy" || state === "initial")) {
      return notChecked(
        {
          en: "Wait until the first health checks have ended, then grade again.",
          ko: "첫 상태 확인이 끝난 뒤 다시 채점합니다.",
        },
        ...evidence,
      );
    }
    return failed(
      {
        en: "Find why the server fails the health check (the target's reason, the server's log), and replace it.",
        ko: "서버가 상태 확인에 실패하는 이유(대상의 사유, 서버 로그)를 확인하고 서버를 교체합니다.",
      },
      ...evidence,
    );
  },
};
