import { setTimeout as sleep } from "node:timers/promises";

import { counted } from "../../../cli/counted";
import { limits } from "../../acts/limits";
import type { Members } from "../../acts/members";
import { resize, startOf, untilServing } from "../../acts/serving";
import { targetOf, type ActTarget } from "../../acts/target";
import { undoing, type Act } from "../../acts/undo/undoing";
import { startVisitors } from "../../acts/visitor";
import { isServedMeanwhile, longestFailingSeconds, serviceOf } from "../../acts/visits";
import type { Waited } from "../../acts/wait";
import { withParticle } from "../../language/particle";
import { failed, needsAct, passed, seen, type CheckResult, type Exercise } from "../exercise";

export const replacesServer: Exercise = {
  id: "replaces-server",
  row: 9,
  title: { en: "A lost server is replaced", ko: "중단된 서버의 자동 교체" },
  proves: {
    en: "When a server ends, another one serves the visitors, and the group replaces it.",
    ko: "서버 한 대가 종료되어도 다른 서버가 방문자에게 응답하고 그룹이 서버를 교체합니다.",
  },
  points: 8,
  how: {
    en: "Run up; or create the group with a maximum of 2 or more, two zones and the ELB health check. Try it: EC2, Instances, Terminate.",
    ko: "up을 실행합니다. 또는 최대 용량 2 이상, 가용 영역 2개, ELB 상태 확인으로 그룹을 생성합니다. EC2 > 인스턴스 > 종료로 시험합니다.",
  },
  act: true,
  check: async (account, acting) => {
    const target = await targetOf(account);
    if ("result" in target) return target.result;
    if (target.group.max < 2) return tooSmall(target);
    if (acting === undefined) return needsAct();
    return await undoing(account, acting, replacesServer.id, (act) => endOne(act, target));
  },
};

/** The shortest time in which visitors are watched, however fast the replacement is. */
const observedSeconds = 5;

async function endOne(act: Act, target: ActTarget): Promise<CheckResult> {
  const { group } = target;
  const start = await startOf(act, target);
  if ("result" in start) return start.result;
  const count = Math.max(2, start.members.desired);
  // Neither alarms nor the act before change the number of servers meanwhile.
  await resize(act, target, start.members, { min: count, desired: count, max: start.members.max });
  act.step({ en: `waits for ${count} servers`, ko: `서버 ${count}대 대기` });
  const ready = await untilServing(act, target, ({ desired }) => desired === count);
  const victim = ready?.found.servers[0];
  if (ready === undefined || victim === undefined) return noSecond(target, count);
  act.step({ en: `terminates ${victim}`, ko: `${victim} 종료` });
  const visitors = startVisitors(target.door, act.stop);
  let replaced: Waited<Members> | undefined;
  const terminated = seen(
    `terminated ${victim}, one of ${count} servers of ${group.name}`,
    `${group.name}의 서버 ${count}대 중 ${victim} 종료`,
  );
  const observed = sleep(observedSeconds * 1_000);
  try {
    await (await act.account.ec2()).terminateInstances({ InstanceIds: [victim] });
    replaced = await untilServing(
      act,
      target,
      ({ desired, all }) => desired === count && !all.includes(victim),
      limits.replaced(group),
    );
    await observed;
  } finally {
    await visitors.end();
  }
  const service = serviceOf(await visitors.end());
  const visited = seen(
    `${service.visits - service.failed} of ${service.visits} visits were served meanwhile; errors lasted ${service.failingSeconds.toFixed(0)} s`,
    `그동안 방문 ${service.visits}회 중 ${service.visits - service.failed}회 응답, 오류 지속 시간 ${service.failingSeconds.toFixed(0)}초`,
  );
  if (replaced === undefined) return notReplaced(target, terminated, visited);
  const added = replaced.found.servers.filter((id) => !ready.found.servers.includes(id)).join(", ");
  const back = seen(
    `${added} serves after ${counted(Math.round(replaced.seconds), "second")}`,
    `${replaced.seconds.toFixed(0)}초 뒤 ${added} 정상 응답`,
  );
  if (isServedMeanwhile(service, target.times)) return passed(terminated, back, visited);
  return failed(
    {
      en: `Keep errors below ${longestFailingSeconds(target.times)} seconds and half of the visits: spread servers over two zones, and check their health more often.`,
      ko: `오류가 ${longestFailingSeconds(target.times)}초와 방문의 절반을 넘지 않게 합니다. 서버를 두 가용 영역에 나누고 상태 확인 간격을 줄입니다.`,
    },
    terminated,
    back,
    visited,
  );
}

function tooSmall({ group: { name, max } }: ActTarget): CheckResult {
  return failed(
    {
      en: "Set the group's maximum to 2 or more: one server alone cannot be replaced without an outage.",
      ko: "그룹의 최대 용량을 2 이상으로 설정합니다. 서버가 한 대뿐이면 중단 없이 교체할 수 없습니다.",
    },
    seen(`the maximum of ${name} is ${max}`, `${name}의 최대 용량: ${max}`),
  );
}

function noSecond({ group }: ActTarget, count: number): CheckResult {
  return failed(
    {
      en: "Find why the group cannot start a second server: Auto Scaling Groups, Activity.",
      ko: "그룹이 두 번째 서버를 시작하지 못하는 이유를 찾습니다. Auto Scaling 그룹 > 활동을 확인합니다.",
    },
    seen(
      `${group.name} did not have ${count} healthy servers in time, so none was terminated`,
      `${group.name}에 제시간에 정상 서버 ${count}대가 없어 종료하지 않음`,
    ),
  );
}

function notReplaced({ group }: ActTarget, ...evidence: CheckResult["evidence"]): CheckResult {
  const seconds = limits.replaced(group);
  return failed(
    {
      en: "Turn on the ELB health check, and resume suspended processes of the group: Launch, Terminate, HealthCheck, ReplaceUnhealthy.",
      ko: "ELB 상태 확인을 켜고 그룹의 일시 중단된 프로세스(Launch, Terminate, HealthCheck, ReplaceUnhealthy)를 재개합니다.",
    },
    ...evidence,
    seen(
      `${group.name} did not replace it within ${counted(seconds, "second")}`,
      `${withParticle(group.name, "이/가")} ${seconds}초 안에 서버를 교체하지 않음`,
    ),
  );
}
