import type { StudentAccount } from "../../account/account";
import { withParticle } from "../../language/particle";
import type { Text } from "../../language/text";
import { serversOf } from "../../site/servers";
import { launchedFor } from "../launched";
import { endMember, membersOf } from "../members";
import type { GroupStep, LaunchStep, UndoRecord } from "./record";
import { restorationOf } from "./restoration";

/**
 * Undoes one act of a check. A second call finds nothing to do.
 *
 * @param account without remembered answers
 * @returns what it did
 */
export async function undo(account: StudentAccount, { step }: UndoRecord): Promise<Text> {
  switch (step.kind) {
    case "group":
      return restoreGroup(account, step);
    case "launch":
      return endLaunched(account, step);
  }
}

async function restoreGroup(account: StudentAccount, step: GroupStep): Promise<Text> {
  const { group, before } = step;
  const members = await membersOf(account, group);
  if (members === undefined) {
    return {
      en: `the group ${group} no longer exists`,
      ko: `그룹 ${withParticle(group, "이/가")} 더 이상 없음`,
    };
  }
  const restoration = restorationOf(step, members);
  if (restoration === undefined) {
    return {
      en: `left ${group} as it is: its minimum or maximum was changed meanwhile`,
      ko: `${withParticle(group, "은/는")} 그대로 둠: 그사이 최소 또는 최대 크기가 변경됨`,
    };
  }
  const autoScaling = await account.autoScaling();
  const update = async (sizes: { MinSize?: number; MaxSize?: number; DesiredCapacity?: number }) => {
    await autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: group, ...sizes });
  };
  const { sizes, end, desired, max } = restoration;
  if (sizes !== undefined) await update({ MinSize: sizes.min, DesiredCapacity: sizes.desired });
  for (const id of end) await endMember(account, id);
  if (desired !== undefined) await update({ DesiredCapacity: desired });
  if (max !== undefined) await update({ MaxSize: max });
  const text = `${before.min}/${before.desired}/${before.max}`;
  return {
    en: `${group} has its sizes again: ${text} (minimum/desired/maximum)`,
    ko: `${group}의 크기를 되돌림: ${text} (최소/원하는/최대)`,
  };
}

async function endLaunched(account: StudentAccount, { plannedTime, servers }: LaunchStep): Promise<Text> {
  const running = await serversOf(account);
  const launched = new Set([...servers, ...launchedFor(running, plannedTime).map(({ id }) => id)]);
  const ids = running.map(({ id }) => id).filter((id) => launched.has(id));
  if (ids.length === 0)
    return { en: "no server of the test launch runs", ko: "시험 실행한 서버가 남아 있지 않음" };
  await (await account.ec2()).terminateInstances({ InstanceIds: ids });
  return { en: `terminated ${ids.join(", ")}`, ko: `${ids.join(", ")} 종료` };
}
