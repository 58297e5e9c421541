import type { ScalingPolicy } from "@aws-sdk/client-auto-scaling";

import { everyItem } from "../../account/paging";
import { siteOf } from "../../site/site";
import { failed, passed, seen, type Exercise } from "../exercise";
import { noGroup } from "../missing";

export const targetTracking: Exercise = {
  id: "target-tracking",
  row: 9,
  title: { en: "Target tracking by CPU", ko: "CPU 기준 대상 추적" },
  proves: {
    en: "The group adds servers when the average CPU utilization exceeds a target.",
    ko: "평균 CPU 사용률이 목표를 넘으면 그룹이 서버를 추가합니다.",
  },
  points: 4,
  how: {
    en: "Set fleet.sizing to automatic and fleet.targetTracking; or Auto Scaling Groups, Automatic scaling, Create dynamic scaling policy.",
    ko: "fleet.sizing을 automatic으로 설정하고 fleet.targetTracking을 지정합니다. 또는 Auto Scaling 그룹 > 자동 크기 조정 > 동적 크기 조정 정책 생성을 사용합니다.",
  },
  act: false,
  check: async (account) => {
    const { group } = await siteOf(account);
    if (group === undefined) return noGroup();
    const autoScaling = await account.autoScaling();
    const { paginateDescribePolicies } = await import("@aws-sdk/client-auto-scaling");
    const policies = await everyItem(
      paginateDescribePolicies({ client: autoScaling }, { AutoScalingGroupName: group.name }),
      ({ ScalingPolicies }) => ScalingPolicies,
      ({ PolicyName }) => PolicyName,
    );
    const tracking = policies.find(tracksCpu);
    if (tracking === undefined) {
      return failed(
        {
          en: "Create a target tracking policy with average CPU utilization, e.g. 80 %.",
          ko: "평균 CPU 사용률(예: 80%)로 대상 추적 정책을 생성합니다.",
        },
        seen(
          `${group.name} has no enabled target tracking policy for CPU, of ${policies.length} policies`,
          `${group.name}: 정책 ${policies.length}개 중 활성화된 CPU 대상 추적 정책이 없음`,
        ),
      );
    }
    const target = tracking.TargetTrackingConfiguration?.TargetValue ?? 0;
    return passed(
      seen(
        `${tracking.PolicyName ?? ""} keeps the average CPU utilization at ${target} %`,
        `${tracking.PolicyName ?? ""}: 평균 CPU 사용률 목표 ${target}%`,
      ),
    );
  },
};

function tracksCpu({ PolicyType, Enabled, TargetTrackingConfiguration }: ScalingPolicy): boolean {
  if (PolicyType !== "TargetTrackingScaling" || Enabled === false) return false;
  const { PredefinedMetricSpecification, CustomizedMetricSpecification, TargetValue } =
    TargetTrackingConfiguration ?? {};
  const isCpu =
    PredefinedMetricSpecification?.PredefinedMetricType === "ASGAverageCPUUtilization" ||
    CustomizedMetricSpecification?.MetricName === "CPUUtilization";
  // A target of 100 % is never exceeded.
  return isCpu && TargetValue !== undefined && TargetValue > 0 && TargetValue < 100;
}
