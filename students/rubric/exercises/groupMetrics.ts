import { siteOf } from "../../site/site";
import { failed, passed, seen, type Exercise } from "../exercise";
import { noGroup } from "../missing";

/** The metrics with which one sees a group scale. */
const needed = ["GroupDesiredCapacity", "GroupInServiceInstances"];

export const groupMetrics: Exercise = {
  id: "group-metrics",
  row: 9,
  title: { en: "Group metrics in CloudWatch", ko: "CloudWatch 그룹 지표" },
  proves: {
    en: "CloudWatch records how many servers the group wants and has.",
    ko: "그룹이 원하는 서버 수와 실제 서버 수를 CloudWatch에 기록합니다.",
  },
  points: 1,
  how: {
    en: "The program turns them on; or Auto Scaling Groups, Monitoring, Auto Scaling group metrics collection: Enable.",
    ko: "이 프로그램이 활성화합니다. 또는 Auto Scaling 그룹 > 모니터링에서 Auto Scaling 그룹 지표 수집을 활성화합니다.",
  },
  act: false,
  check: async (account) => {
    const { group } = await siteOf(account);
    if (group === undefined) return noGroup();
    const missing = needed.filter((metric) => !group.metrics.includes(metric));
    if (missing.length === 0) {
      const count = group.metrics.length;
      return passed(seen(`${group.name} has ${count} group metrics`, `${group.name}: 그룹 지표 ${count}개`));
    }
    return failed(
      {
        en: "Enable the collection of the group's metrics.",
        ko: "그룹 지표 수집을 활성화합니다.",
      },
      seen(
        `${group.name} does not collect ${missing.join(", ")}`,
        `${group.name}: ${missing.join(", ")} 지표를 수집하지 않음`,
      ),
    );
  },
};
