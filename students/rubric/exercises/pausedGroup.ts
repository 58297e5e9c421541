import { counted } from "../../../cli/counted";
import type { StudentAccount } from "../../account/account";
import { limits } from "../../acts/limits";
import { membersOf } from "../../acts/members";
import { resize, startOf, untilServing } from "../../acts/serving";
import { targetOf, type ActTarget } from "../../acts/target";
import { undoing, type Act } from "../../acts/undo/undoing";
import { until } from "../../acts/wait";
import type { Group } from "../../site/groups";
import { siteOf } from "../../site/site";
import { failed, needsAct, passed, seen, type CheckResult, type Exercise } from "../exercise";
import { noGroup } from "../missing";

export const pausedGroup: Exercise = {
  id: "paused-group",
  row: 11,
  title: { en: "The paused group has no servers", ko: "일시 중지한 그룹에 서버가 없음" },
  proves: {
    en: "With desired and minimum 0 the group ends its servers, so that they cost nothing.",
    ko: "원하는 용량과 최소 용량이 0이면 그룹이 서버를 종료하여 비용이 들지 않습니다.",
  },
  points: 4,
  how: {
    en: "npm run students -- pause, or fleet.paused: true; or Auto Scaling Groups, Edit: minimum and desired 0.",
    ko: "npm run students -- pause 또는 fleet.paused: true를 사용합니다. 또는 Auto Scaling 그룹 > 편집에서 최소와 원하는 용량을 0으로 설정합니다.",
  },
  act: true,
  check: async (account, acting) => {
    const { group } = await siteOf(account);
    if (group === undefined) return noGroup();
    if (group.min === 0 && group.desired === 0) return await alreadyPaused(account, group);
    const target = await targetOf(account);
    if ("result" in target) return target.result;
    if (acting === undefined) return needsAct();
    return await undoing(account, acting, pausedGroup.id, (act) => pauseIt(act, target));
  },
};

async function alreadyPaused(account: StudentAccount, { name }: Group): Promise<CheckResult> {
  const members = await membersOf(account, name);
  const left = members?.all ?? [];
  return left.length === 0 ? passed(pausedEvidence(name)) : stillServers(name, left);
}

async function pauseIt(act: Act, target: ActTarget): Promise<CheckResult> {
  const { group } = target;
  const start = await startOf(act, target);
  if ("result" in start) return start.result;
  const { members } = start;
  act.step({ en: `pauses ${group.name}`, ko: `${group.name} 일시 중지` });
  await resize(act, target, members, { min: 0, desired: 0, max: members.max });
  let left = members.all;
  const empty = await until(act, limits.ended, async () => {
    left = (await membersOf(act.account, group.name))?.all ?? [];
    return left.length === 0 ? true : undefined;
  });
  if (empty === undefined) return stillServers(group.name, left);
  const ended = pausedEvidence(group.name);
  act.step({ en: `resumes ${group.name}`, ko: `${group.name} 다시 시작` });
  const { min, desired } = members;
  const autoScaling = await act.account.autoScaling();
  await autoScaling.updateAutoScalingGroup({
    AutoScalingGroupName: group.name,
    MinSize: min,
    DesiredCapacity: desired,
  });
  const back = await untilServing(act, target, (now) => now.desired > 0);
  if (back !== undefined) {
    const took = back.seconds.toFixed(0);
    const again = seen(
      `resumed, the number of servers that serve after ${counted(Number(took), "second")}: ${back.found.desired}`,
      `다시 시작하여 ${took}초 뒤 서버 ${back.found.desired}대로 응답`,
    );
    return passed(ended, again);
  }
  return failed(
    {
      en: "Find why no server starts after the pause: Auto Scaling Groups, Activity.",
      ko: "일시 중지 뒤 서버가 시작되지 않는 이유를 찾습니다. Auto Scaling 그룹 > 활동을 확인합니다.",
    },
    ended,
    seen(
      `resumed, its servers were not healthy within ${limits.serving(group)} seconds`,
      `다시 시작한 서버가 ${limits.serving(group)}초 안에 정상이 되지 않음`,
    ),
  );
}

function pausedEvidence(group: string) {
  return seen(
    `${group} has no servers with minimum and desired capacity 0`,
    `최소 용량과 원하는 용량 0인 ${group}에 서버가 없음`,
  );
}

function stillServers(group: string, left: readonly string[]): CheckResult {
  const ids = left.join(", ");
  return failed(
    {
      en: "Remove the scale-in protection of these servers, and resume the process Terminate of the group.",
      ko: "해당 서버의 축소 보호를 제거하고 그룹의 Terminate 프로세스를 재개합니다.",
    },
    seen(`${group} is paused and still has ${ids}`, `일시 중지한 ${group}에 서버가 남아 있음: ${ids}`),
  );
}
