import type { ScalingPolicy } from "@aws-sdk/client-auto-scaling";

import { counted } from "../../../cli/counted";
import type { StudentAccount } from "../../account/account";
import { everyItem } from "../../account/paging";
import { limits } from "../../acts/limits";
import { startWave } from "../../acts/load";
import { membersOf, type Members } from "../../acts/members";
import { healthyTargets, startOf } from "../../acts/serving";
import { targetOf, type ActTarget } from "../../acts/target";
import { undoing, type Act } from "../../acts/undo/undoing";
import { until } from "../../acts/wait";
import { withParticle } from "../../language/particle";
import { failed, needsAct, passed, seen, type CheckResult, type Evidence, type Exercise } from "../exercise";

export const scalesWithLoad: Exercise = {
  id: "scales-with-load",
  row: 10,
  title: { en: "The group grows and shrinks with the load", ko: "부하에 따른 그룹의 확장과 축소" },
  proves: {
    en: "A wave of visitors makes the group start a server, and without them it ends one.",
    ko: "방문자가 몰리면 그룹이 서버를 시작하고, 줄어들면 서버를 종료합니다.",
  },
  points: 10,
  how: {
    en: "Set fleet.targetTracking and run up; or Auto Scaling Groups, Automatic scaling: CPU 80 %. Try it on a server: yes > /dev/null.",
    ko: "fleet.targetTracking을 설정하고 up을 실행합니다. 또는 Auto Scaling 그룹 > 자동 크기 조정에서 CPU 80%로 설정합니다. 서버에서 yes > /dev/null로 시험합니다.",
  },
  act: true,
  check: async (account, acting) => {
    const target = await targetOf(account);
    if ("result" in target) return target.result;
    const policies = await policiesOf(account, target.group.name);
    if (policies.length === 0) return noPolicy(target);
    if (target.group.max < 2) return noRoom(target);
    if (acting === undefined) return needsAct();
    return await undoing(account, acting, scalesWithLoad.id, (act) => loadIt(act, target, policies));
  },
};

/** The enabled policies that can change the group's size. */
async function policiesOf(account: StudentAccount, group: string): Promise<readonly ScalingPolicy[]> {
  const autoScaling = await account.autoScaling();
  const { paginateDescribePolicies } = await import("@aws-sdk/client-auto-scaling");
  const all = await everyItem(
    paginateDescribePolicies({ client: autoScaling }, { AutoScalingGroupName: group }),
    ({ ScalingPolicies }) => ScalingPolicies,
    ({ PolicyName }) => PolicyName,
  );
  return all.filter(({ Enabled, PolicyType }) => Enabled !== false && PolicyType !== "PredictiveScaling");
}

async function loadIt(act: Act, target: ActTarget, policies: readonly ScalingPolicy[]): Promise<CheckResult> {
  const { account, stop } = act;
  const { group } = target;
  const start = await startOf(act, target);
  if ("result" in start) return start.result;
  const { min, desired, max, servers } = start.members;
  if (desired >= max) return noRoom(target);
  // It changes no size itself: only what the group does because of the load has to be undone.
  const before = { min, desired, max };
  const limitsNow = { min, max };
  await act.willChange({
    kind: "group",
    group: group.name,
    before,
    limits: limitsNow,
    servers: [...servers],
  });
  act.step({ en: "loads the site as many visitors do", ko: "많은 방문자처럼 사이트에 부하를 줌" });
  const wave = startWave(target.door, desired, stop);
  const grown = await until(act, limits.grown(group), () => grownSince(account, target, servers)).finally(
    wave.end,
  );
  const { visits, served } = await wave.end();
  const loaded = seen(
    `visits: ${visits}, served: ${served}, servers at the beginning: ${desired}`,
    `서버 ${desired}대에 방문 ${visits}회, 응답 ${served}회`,
  );
  if (grown === undefined) return notGrown(loaded);
  const added = grown.found.added;
  const growth = seen(
    `under load ${group.name} started ${added}, which serves after ${counted(Math.round(grown.seconds), "second")}`,
    `부하를 받은 ${withParticle(group.name, "이/가")} ${withParticle(added, "을/를")} 시작하여 ${grown.seconds.toFixed(0)}초 뒤 정상 응답`,
  );
  if (neverShrinks(policies, grown.found.members, added)) {
    const chosen = seen(
      "scale-in is disabled, or servers are protected from it: the course allows that",
      "축소 비활성화 또는 서버의 축소 보호: 과정에서 허용하는 설정",
    );
    return passed(loaded, growth, chosen);
  }
  act.step({ en: "waits until the group shrinks", ko: "그룹이 축소될 때까지 대기" });
  const shrunk = await until(act, limits.shrunk, async () => {
    const members = await membersOf(account, group.name);
    return members !== undefined && members.all.length <= desired ? true : undefined;
  });
  return shrunk === undefined
    ? notShrunk(loaded, growth)
    : passed(
        loaded,
        growth,
        seen(
          `without load it shrank to its former size, ${desired}, within ${counted(Math.round(shrunk.seconds), "second")}`,
          `부하가 끝나고 ${shrunk.seconds.toFixed(0)}초 뒤 다시 서버 ${desired}대`,
        ),
      );
}

/** A server that the group has started since, and that serves. */
async function grownSince(
  account: StudentAccount,
  { group, targetGroup }: ActTarget,
  before: readonly string[],
): Promise<{ readonly members: Members; readonly added: string } | undefined> {
  const members = await membersOf(account, group.name);
  if (members === undefined || members.inService.length <= before.length) return undefined;
  const healthy = await healthyTargets(account, targetGroup);
  const added = members.inService.find((id) => !before.includes(id) && healthy.includes(id));
  return added === undefined ? undefined : { members, added };
}

function neverShrinks(policies: readonly ScalingPolicy[], { isProtected }: Members, added: string): boolean {
  const isDisabled = policies.every(
    ({ PolicyType, TargetTrackingConfiguration }) =>
      PolicyType === "TargetTrackingScaling" && TargetTrackingConfiguration?.DisableScaleIn === true,
  );
  return isDisabled || isProtected.includes(added);
}

function noPolicy({ group: { name } }: ActTarget): CheckResult {
  return failed(
    {
      en: "Create a target tracking policy for the average CPU utilization: Auto Scaling Groups, Automatic scaling.",
      ko: "평균 CPU 사용률의 대상 추적 정책을 생성합니다. Auto Scaling 그룹 > 자동 크기 조정을 사용합니다.",
    },
    seen(`${name} has no enabled scaling policy`, `${name}에 활성화된 조정 정책이 없음`),
  );
}

function noRoom({ group: { name, desired, max } }: ActTarget): CheckResult {
  return failed(
    {
      en: "Set the group's maximum above its desired capacity, so that it can add a server.",
      ko: "서버를 추가할 수 있도록 그룹의 최대 용량을 원하는 용량보다 크게 설정합니다.",
    },
    seen(`${name}: desired ${desired}, maximum ${max}`, `${name}: 원하는 용량 ${desired}, 최대 ${max}`),
  );
}

function notGrown(loaded: Evidence): CheckResult {
  return failed(
    {
      en: "Look at the alarm AlarmHigh of the policy and at the group's activity: does the CPU exceed the target, and does a server start?",
      ko: "정책의 AlarmHigh 경보와 그룹의 활동을 확인합니다. CPU가 목표를 넘는지, 서버가 시작되는지 봅니다.",
    },
    loaded,
    seen("no server that serves was added in time", "제시간에 추가되어 응답한 서버가 없음"),
  );
}

function notShrunk(loaded: Evidence, growth: Evidence): CheckResult {
  return failed(
    {
      en: "Look at the alarm AlarmLow of the policy and at suspended processes of the group: it must end the server that the load needs no more.",
      ko: "정책의 AlarmLow 경보와 그룹의 일시 중단된 프로세스를 확인합니다. 필요 없어진 서버가 종료되어야 합니다.",
    },
    loaded,
    growth,
    seen(
      `it did not end a server within ${counted(limits.shrunk, "second")} without load`,
      `부하가 없는 ${limits.shrunk}초 동안 서버를 종료하지 않음`,
    ),
  );
}
