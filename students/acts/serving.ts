import { withParticle } from "../language/particle";
import type { Text } from "../language/text";
import { failed, seen, type CheckResult, type Evidence } from "../rubric/exercise";
import { healthOf } from "../site/balancers";
import { limits } from "./limits";
import { membersOf, type Members } from "./members";
import type { ActTarget } from "./target";
import type { Sizes } from "./undo/record";
import type { Act } from "./undo/undoing";
import { addressOf, visit, type Door } from "./visitor";
import type { Visit } from "./visits";
import { until, type Waited } from "./wait";

/**
 * Waits until the group has the servers that it wants, all of them in service and healthy targets.
 *
 * @returns undefined when the time is over
 */
export async function untilServing(
  act: Act,
  { group, targetGroup }: ActTarget,
  isAlsoSo: (members: Members) => boolean = () => true,
  seconds: number = limits.serving(group),
): Promise<Waited<Members> | undefined> {
  const { account } = act;
  return await until(act, seconds, async () => {
    const members = await membersOf(account, group.name);
    if (members === undefined) return undefined;
    const { desired, all, inService } = members;
    if (all.length !== desired || inService.length !== desired || !isAlsoSo(members)) return undefined;
    const healthy = new Set(await healthyTargets(account, targetGroup));
    return inService.every((id) => healthy.has(id)) ? members : undefined;
  });
}

export async function healthyTargets(
  account: Act["account"],
  targetGroup: ActTarget["targetGroup"],
): Promise<readonly string[]> {
  const targets = await healthOf(account, targetGroup);
  return targets.filter(({ state }) => state === "healthy").map(({ id }) => id);
}

/** A site that serves before the act. */
export type Start =
  | {
      readonly members: Members;
      /** What visitors noticed, but the check does not judge. */
      readonly remarks: readonly Evidence[];
    }
  | { readonly result: CheckResult };

/** Waits until the site serves: an act on a site that does not would show nothing. */
export async function startOf(act: Act, target: ActTarget): Promise<Start> {
  act.step({ en: "waits until the site serves", ko: "사이트가 응답할 때까지 대기" });
  const serving = await untilServing(act, target, ({ desired }) => desired > 0);
  if (serving === undefined) return { result: notServing(target.group.name) };
  let problem: Text | undefined;
  const served = await until(act, limits.served, async () => {
    const last = await visit(target.door, act.stop);
    problem = last.problem;
    return last.isServed ? last : undefined;
  });
  if (served === undefined) return { result: siteDown(target.door, problem) };
  return { members: serving.found, remarks: remarksOn(target.door, served.found) };
}

/** A look for {@link until}. */
export async function servedPage({ stop }: Act, { door }: ActTarget): Promise<true | undefined> {
  return (await visit(door, stop)).isServed ? true : undefined;
}

/** A lab has no domain for a certificate of a public authority, so a certificate costs no points. */
function remarksOn({ host }: Door, { untrusted }: Visit): readonly Evidence[] {
  if (untrusted === undefined) return [];
  return [
    seen(
      `browsers warn visitors of ${host}: they do not trust its certificate (${untrusted})`,
      `브라우저가 ${host}의 인증서를 신뢰하지 않아 방문자에게 경고함 (${untrusted})`,
    ),
  ];
}

/** Sets the group's sizes, after it noted how to restore them. */
export async function resize(act: Act, { group }: ActTarget, before: Members, to: Sizes): Promise<void> {
  const { min, desired, max } = before;
  await act.willChange({
    kind: "group",
    group: group.name,
    before: { min, desired, max },
    limits: { min: to.min, max: to.max },
    servers: [...before.servers],
  });
  const autoScaling = await act.account.autoScaling();
  await autoScaling.updateAutoScalingGroup({
    AutoScalingGroupName: group.name,
    MinSize: to.min,
    MaxSize: to.max,
    DesiredCapacity: to.desired,
  });
}

function notServing(group: string): CheckResult {
  return failed(
    {
      en: "Find why not every server of the group is in service and healthy: Auto Scaling Groups, Activity.",
      ko: "그룹의 모든 서버가 서비스 중이고 정상인지 확인합니다. Auto Scaling 그룹 > 활동에서 이유를 찾습니다.",
    },
    seen(
      `the servers of ${group} did not all become healthy, so nothing was tried`,
      `${group}의 서버가 모두 정상이 되지 않아 시도하지 않음`,
    ),
  );
}

function siteDown(door: Door, problem: Text | undefined): CheckResult {
  const address = addressOf(door);
  const reason = problem ?? { en: "it did not answer", ko: "응답 없음" };
  return failed(
    {
      en: "Open the balancer's domain in a browser, and fix the error or the redirect that the site shows.",
      ko: "브라우저에서 로드 밸런서의 도메인을 열고 사이트의 오류나 리디렉션을 수정합니다.",
    },
    seen(
      `${address} served no page, so nothing was tried: ${reason.en}`,
      `${withParticle(address, "이/가")} 페이지를 제공하지 않아 시도하지 않음: ${reason.ko}`,
    ),
  );
}
