import type {
  AutoScalingGroupsType,
  CancelInstanceRefreshType,
  ActivitiesType,
  AutoScalingGroupNamesType,
  DescribeInstanceRefreshesAnswer,
  DescribeInstanceRefreshesType,
  DescribeScalingActivitiesType,
  InstanceRefresh,
  RollbackInstanceRefreshType,
  StartInstanceRefreshAnswer,
  StartInstanceRefreshType,
  UpdateAutoScalingGroupType,
} from "@aws-sdk/client-auto-scaling";
import type {
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
} from "@aws-sdk/client-elastic-load-balancing-v2";

/** The Auto Scaling operations that a rollout needs. The SDK's client implements them. */
export interface RolloutScaling {
  cancelInstanceRefresh(input: CancelInstanceRefreshType): Promise<unknown>;
  describeAutoScalingGroups(input: AutoScalingGroupNamesType): Promise<AutoScalingGroupsType>;
  describeInstanceRefreshes(input: DescribeInstanceRefreshesType): Promise<DescribeInstanceRefreshesAnswer>;
  describeScalingActivities(input: DescribeScalingActivitiesType): Promise<ActivitiesType>;
  rollbackInstanceRefresh(input: RollbackInstanceRefreshType): Promise<unknown>;
  startInstanceRefresh(input: StartInstanceRefreshType): Promise<StartInstanceRefreshAnswer>;
  updateAutoScalingGroup(input: UpdateAutoScalingGroupType): Promise<unknown>;
}

/** The Elastic Load Balancing operation that a rollout needs. */
export interface RolloutTargets {
  describeTargetHealth(input: DescribeTargetHealthInput): Promise<DescribeTargetHealthOutput>;
}

export interface RolloutClients {
  readonly scaling: RolloutScaling;
  readonly targets: RolloutTargets;
}

/** A launch template and a version number. */
export interface TemplateVersion {
  readonly id: string | undefined;
  readonly version: string | undefined;
}

/** The properties of a group that a rollout needs. */
export interface GroupView {
  readonly desiredCapacity: number;
  readonly template: TemplateVersion;
  readonly instanceIds: readonly string[];
}

/** A server's health in the target group. */
export interface TargetView {
  readonly instanceId: string;
  readonly state: string;
  /** AWS's reason code and description; empty for a healthy target. */
  readonly reason: string;
}

export interface RolloutView {
  /** `undefined` when the group does not exist. */
  readonly group: GroupView | undefined;
  /** The newest instance refresh. */
  readonly refresh: InstanceRefresh | undefined;
  readonly targets: readonly TargetView[];
  /** Why launches failed since the last one that succeeded, newest first. */
  readonly failedLaunches: readonly string[];
}

/** @param since launches before this time do not count */
export async function viewRollout(
  { scaling, targets }: RolloutClients,
  { groupName, targetGroupArn }: { readonly groupName: string; readonly targetGroupArn: string },
  since: Date,
): Promise<RolloutView> {
  const { AutoScalingGroups: [found] = [] } = await scaling.describeAutoScalingGroups({
    AutoScalingGroupNames: [groupName],
  });
  if (found === undefined) return { group: undefined, refresh: undefined, targets: [], failedLaunches: [] };
  const [refreshes, activities, health] = await Promise.all([
    scaling.describeInstanceRefreshes({ AutoScalingGroupName: groupName, MaxRecords: 1 }),
    scaling.describeScalingActivities({ AutoScalingGroupName: groupName }),
    targets.describeTargetHealth({ TargetGroupArn: targetGroupArn }),
  ]);
  const launches = (activities.Activities ?? []).filter(
    ({ StartTime, Description }) =>
      (StartTime ?? since) >= since && (Description ?? "").startsWith("Launching"),
  );
  const succeeded = launches.findIndex(({ StatusCode }) => StatusCode !== "Failed");
  return {
    group: {
      desiredCapacity: found.DesiredCapacity ?? 0,
      template: {
        id: found.LaunchTemplate?.LaunchTemplateId,
        version: found.LaunchTemplate?.Version,
      },
      instanceIds: (found.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []),
    },
    refresh: refreshes.InstanceRefreshes?.[0],
    targets: (health.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => ({
      instanceId: Target?.Id ?? "",
      state: TargetHealth?.State ?? "",
      reason: [TargetHealth?.Reason, TargetHealth?.Description]
        .filter((part) => part !== undefined)
        .join(": "),
    })),
    failedLaunches: launches
      .slice(0, succeeded === -1 ? undefined : succeeded)
      .map(({ StatusMessage }) => StatusMessage ?? "no reason given"),
  };
}
