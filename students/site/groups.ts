import type { AutoScalingGroup, LaunchTemplateSpecification } from "@aws-sdk/client-auto-scaling";

import type { StudentAccount } from "../account/account";
import { everyItem } from "../account/paging";
import { isOwn, tagsOf } from "./ownership";

/** An Auto Scaling group. */
export interface Group {
  readonly name: string;
  readonly min: number;
  readonly desired: number;
  readonly max: number;
  readonly targetGroupArns: readonly string[];
  readonly subnetIds: readonly string[];
  readonly zones: readonly string[];
  /** `EC2`, `ELB` and so on. */
  readonly healthChecks: readonly string[];
  readonly graceSeconds: number;
  /** Enabled group metrics, e.g. `GroupInServiceInstances`. */
  readonly metrics: readonly string[];
  readonly template: { readonly id: string; readonly version: string } | undefined;
  /** Ids of its instances in any lifecycle state. */
  readonly instanceIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** The student's Auto Scaling groups, by name, without those that AWS is deleting. */
export async function groupsOf(account: StudentAccount): Promise<readonly Group[]> {
  const autoScaling = await account.autoScaling();
  const { paginateDescribeAutoScalingGroups } = await import("@aws-sdk/client-auto-scaling");
  const all = await everyItem(
    paginateDescribeAutoScalingGroups({ client: autoScaling }, {}),
    ({ AutoScalingGroups }) => AutoScalingGroups,
    ({ AutoScalingGroupName }) => AutoScalingGroupName,
  );
  return all.filter(({ Status, Tags }) => Status === undefined && isOwn(account, Tags)).map(group);
}

function group(found: AutoScalingGroup): Group {
  return {
    name: found.AutoScalingGroupName ?? "",
    min: found.MinSize ?? 0,
    desired: found.DesiredCapacity ?? 0,
    max: found.MaxSize ?? 0,
    targetGroupArns: (found.TargetGroupARNs ?? []).toSorted(),
    subnetIds: (found.VPCZoneIdentifier ?? "")
      .split(",")
      .filter((id) => id !== "")
      .toSorted(),
    zones: (found.AvailabilityZones ?? []).toSorted(),
    healthChecks: (found.HealthCheckType ?? "").split(",").filter((type) => type !== ""),
    graceSeconds: found.HealthCheckGracePeriod ?? 0,
    metrics: (found.EnabledMetrics ?? []).flatMap(({ Metric }) => Metric ?? []).toSorted(),
    template: templateOf(found),
    instanceIds: (found.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []).toSorted(),
    tags: tagsOf(found.Tags),
  };
}

function templateOf({ LaunchTemplate, MixedInstancesPolicy }: AutoScalingGroup): Group["template"] {
  const given: LaunchTemplateSpecification | undefined =
    LaunchTemplate ?? MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  return given?.LaunchTemplateId === undefined
    ? undefined
    : { id: given.LaunchTemplateId, version: given.Version ?? "$Default" };
}
