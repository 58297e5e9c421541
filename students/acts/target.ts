import type { Listener } from "@aws-sdk/client-elastic-load-balancing-v2";

import type { StudentAccount } from "../account/account";
import { withParticle } from "../language/particle";
import { failed, notChecked, seen, type CheckResult } from "../rubric/exercise";
import { noBalancer, noGroup, paused } from "../rubric/missing";
import type { Targets } from "../site/balancers";
import type { Group } from "../site/groups";
import { isPaused, siteOf } from "../site/site";
import type { Door } from "./visitor";
import type { HealthCheckTimes } from "./visits";

/** A group whose servers serve a site behind a balancer: what active checks act on. */
export interface ActTarget {
  readonly group: Group;
  readonly targetGroup: Targets;
  /** Where visitors come in. */
  readonly door: Door;
  readonly times: HealthCheckTimes;
}

/** The student's group, or the result of a check that cannot act because a part is missing. Changes nothing. */
export async function targetOf(
  account: StudentAccount,
): Promise<ActTarget | { readonly result: CheckResult }> {
  const site = await siteOf(account);
  const { group, balancer, targetGroup } = site;
  if (group === undefined) return { result: noGroup() };
  if (isPaused(site)) return { result: paused(group.name) };
  if (balancer === undefined || targetGroup === undefined) return { result: noBalancer() };
  if (!group.targetGroupArns.includes(targetGroup.arn)) return { result: notAttached(group) };
  const elbv2 = await account.elbv2();
  const [{ Listeners = [] }, { TargetGroups = [] }] = await Promise.all([
    elbv2.describeListeners({ LoadBalancerArn: balancer.arn }),
    elbv2.describeTargetGroups({ TargetGroupArns: [targetGroup.arn] }),
  ]);
  const entrance = entranceOf(Listeners, targetGroup.arn);
  if (entrance === undefined) return { result: noListener(balancer.name, targetGroup) };
  const check = TargetGroups[0];
  return {
    group,
    targetGroup,
    door: { internet: account.internet, host: balancer.dnsName, ...entrance },
    times: {
      intervalSeconds: check?.HealthCheckIntervalSeconds ?? 30,
      timeoutSeconds: check?.HealthCheckTimeoutSeconds ?? 5,
      unhealthyThreshold: check?.UnhealthyThresholdCount ?? 2,
    },
  };
}

/**
 * The listener that visitors meet first: one for HTTP that forwards to the site or redirects, as a browser tries it for a
 * name without a scheme; else the one for HTTPS. Undefined when none forwards to the site.
 */
export function entranceOf(
  listeners: readonly Listener[],
  targetGroupArn: string,
): Pick<Door, "scheme" | "port"> | undefined {
  const forwarding = listeners.toSorted(byPort).filter((each) => forwards(each, targetGroupArn));
  const redirecting = listeners.filter(({ Protocol, DefaultActions = [] }) => {
    return Protocol === "HTTP" && DefaultActions.some(({ Type }) => Type === "redirect");
  });
  const first = [
    forwarding.find(({ Protocol }) => Protocol === "HTTP"),
    forwarding.length === 0 ? undefined : redirecting.toSorted(byPort)[0],
    forwarding.find(({ Protocol }) => Protocol === "HTTPS"),
  ].find((each) => each !== undefined);
  if (first?.Port === undefined) return undefined;
  return { scheme: first.Protocol === "HTTPS" ? "https" : "http", port: first.Port };
}

/** Port 80 before the others. */
function byPort({ Port: one = 0 }: Listener, { Port: other = 0 }: Listener): number {
  return Number(other === 80) - Number(one === 80) || one - other;
}

function forwards({ DefaultActions = [] }: Listener, targetGroupArn: string): boolean {
  return DefaultActions.some(
    ({ Type, TargetGroupArn, ForwardConfig }) =>
      Type === "forward" &&
      (TargetGroupArn === targetGroupArn ||
        (ForwardConfig?.TargetGroups ?? []).some((each) => each.TargetGroupArn === targetGroupArn)),
  );
}

function notAttached({ name }: Group): CheckResult {
  return failed(
    {
      en: `Attach the target group to ${name}: Auto Scaling Groups, Integrations, Load balancing.`,
      ko: `${name}에 대상 그룹을 연결합니다. Auto Scaling 그룹 > 통합 > 로드 밸런싱을 사용합니다.`,
    },
    seen(`${name} registers its servers in no target group`, `${name}에 연결된 대상 그룹이 없음`),
  );
}

function noListener(balancer: string, { name }: Targets): CheckResult {
  return notChecked(
    {
      en: "Grade with a listener whose default action forwards to the target group: this check visits the site by the balancer's name.",
      ko: "기본 작업이 대상 그룹으로 전달하는 리스너로 채점합니다. 이 검사는 로드 밸런서 이름으로 사이트에 접속합니다.",
    },
    seen(
      `no listener of ${balancer} forwards to ${name} by default`,
      `${balancer}에 ${withParticle(name, "으로/로")} 전달하는 리스너가 없음`,
    ),
  );
}
