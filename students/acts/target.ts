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
  const port = Listeners.find((listener) => forwardsHttp(listener, targetGroup.arn))?.Port;
  if (port === undefined) return { result: noHttp(balancer.name, targetGroup) };
  const check = TargetGroups[0];
  return {
    group,
    targetGroup,
    door: { internet: account.internet, host: balancer.dnsName, port },
    times: {
      intervalSeconds: check?.HealthCheckIntervalSeconds ?? 30,
      timeoutSeconds: check?.HealthCheckTimeoutSeconds ?? 5,
      unhealthyThreshold: check?.UnhealthyThresholdCount ?? 2,
    },
  };
}

function forwardsHttp({ Protocol, DefaultActions = [] }: Listener, targetGroupArn: string): boolean {
  return (
    Protocol === "HTTP" &&
    DefaultActions.some(
      ({ Type, TargetGroupArn, ForwardConfig }) =>
        Type === "forward" &&
        (TargetGroupArn === targetGroupArn ||
          (ForwardConfig?.TargetGroups ?? []).some((each) => each.TargetGroupArn === targetGroupArn)),
    )
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

function noHttp(balancer: string, { name }: Targets): CheckResult {
  return notChecked(
    {
      en: "Grade with a listener that forwards HTTP: this check visits the site by the balancer's name, without a certificate.",
      ko: "HTTP를 전달하는 리스너로 채점합니다. 이 검사는 인증서 없이 로드 밸런서 이름으로 사이트에 접속합니다.",
    },
    seen(
      `no HTTP listener of ${balancer} forwards to ${name}`,
      `${balancer}에 ${withParticle(name, "으로/로")} 전달하는 HTTP 리스너가 없음`,
    ),
  );
}
