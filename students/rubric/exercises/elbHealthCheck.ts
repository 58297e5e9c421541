import { siteOf } from "../../site/site";
import { failed, passed, seen, type Exercise } from "../exercise";
import { noGroup } from "../missing";

export const elbHealthCheck: Exercise = {
  id: "elb-health-check",
  row: 9,
  title: { en: "ELB health checks of the group", ko: "그룹의 ELB 상태 확인" },
  proves: {
    en: "The group replaces a server that the load balancer finds unhealthy.",
    ko: "로드 밸런서가 비정상으로 판단한 서버를 그룹이 교체합니다.",
  },
  points: 2,
  how: {
    en: "The program turns them on; or Auto Scaling Groups, Health checks, Edit: Turn on Elastic Load Balancing health checks.",
    ko: "이 프로그램이 활성화합니다. 또는 Auto Scaling 그룹 > 상태 확인 > 편집에서 Elastic Load Balancing 상태 확인을 켭니다.",
  },
  act: false,
  check: async (account) => {
    const { group } = await siteOf(account);
    if (group === undefined) return noGroup();
    const types = group.healthChecks.join(", ");
    const evidence = seen(
      `${group.name} uses health checks of ${types}, grace period ${group.graceSeconds} s`,
      `${group.name}: ${types} 상태 확인, 유예 기간 ${group.graceSeconds}초`,
    );
    if (group.healthChecks.includes("ELB")) return passed(evidence);
    return failed(
      {
        en: "Turn on Elastic Load Balancing health checks of the group.",
        ko: "그룹의 Elastic Load Balancing 상태 확인을 켭니다.",
      },
      evidence,
    );
  },
};
