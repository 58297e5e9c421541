import { isPaused, siteOf } from "../../site/site";
import { failed, passed, seen, type Exercise } from "../exercise";
import { noGroup, paused } from "../missing";

export const groupSizes: Exercise = {
  id: "group-sizes",
  row: 6,
  title: { en: "Minimum, desired and maximum capacity", ko: "최소, 원하는, 최대 용량" },
  proves: {
    en: "The group always keeps a server, and has room to add one.",
    ko: "그룹이 항상 서버를 유지하고 추가할 여유가 있습니다.",
  },
  points: 3,
  how: {
    en: "Set fleet.capacity, e.g. { min: 1, desired: 1, max: 2 }; or Auto Scaling Groups, Group details, Edit.",
    ko: "fleet.capacity를 예: { min: 1, desired: 1, max: 2 }로 설정합니다. 또는 Auto Scaling 그룹 > 그룹 세부 정보 > 편집을 사용합니다.",
  },
  act: false,
  check: async (account) => {
    const site = await siteOf(account);
    const { group } = site;
    if (group === undefined) return noGroup();
    if (isPaused(site)) return paused(group.name);
    const { name, min, desired, max } = group;
    const evidence = seen(
      `${name}: minimum ${min}, desired ${desired}, maximum ${max}`,
      `${name}: 최소 ${min}, 원하는 용량 ${desired}, 최대 ${max}`,
    );
    if (min >= 1 && min <= desired && desired <= max && min < max) return passed(evidence);
    return failed(
      {
        en: "Set the minimum to at least 1 and the maximum above it.",
        ko: "최소 용량을 1 이상으로, 최대 용량을 최소 용량보다 크게 설정합니다.",
      },
      evidence,
    );
  },
};
