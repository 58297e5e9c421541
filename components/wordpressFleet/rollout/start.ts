import type { RolloutOrder, RolloutTools } from "./tools";
import { isActive, isSameTemplate } from "./verdict";
import { viewRollout, type RolloutView, type TemplateVersion } from "./view";

/**
 * "Launch before terminating": each new server is in service before an old one is terminated. The refresh includes servers
 * with scale-in protection, for which it would otherwise wait forever, and skips servers that already have the version.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
 */
const preferences = {
  MinHealthyPercentage: 100,
  MaxHealthyPercentage: 110,
  AutoRollback: true,
  ScaleInProtectedInstances: "Refresh",
  StandbyInstances: "Terminate",
  SkipMatching: true,
} as const;

/**
 * Starts the instance refresh, unless the group has the version or a refresh of an earlier run deploys it.
 * @returns the id of the instance refresh that deploys the version; `undefined` when none is necessary
 */
export async function startRollout(
  tools: RolloutTools,
  order: RolloutOrder,
  wanted: TemplateVersion,
  since: Date,
): Promise<string | undefined> {
  const { clients, progress } = tools;
  const { groupName: AutoScalingGroupName } = order;
  const view = await viewRollout(clients, order, since);
  if (view.group === undefined) return undefined;
  if (isActive(view.refresh)) {
    if (deploys(view, wanted)) {
      progress.step("waiting for the instance refresh that an earlier run started");
      return view.refresh?.InstanceRefreshId;
    }
    await stopRefresh(tools, order, view, since);
  } else if (isSameTemplate(view.group.template, wanted)) {
    return undefined;
  }
  const LaunchTemplate = { LaunchTemplateId: wanted.id, Version: wanted.version };
  if (view.group.instanceIds.length === 0) {
    await clients.scaling.updateAutoScalingGroup({ AutoScalingGroupName, LaunchTemplate });
    return undefined;
  }
  const { InstanceRefreshId } = await clients.scaling.startInstanceRefresh({
    AutoScalingGroupName,
    Strategy: "Rolling",
    DesiredConfiguration: { LaunchTemplate },
    Preferences: preferences,
  });
  progress.step(`deploying launch template version ${wanted.version ?? ""} to the servers`);
  return InstanceRefreshId;
}

function deploys({ refresh }: RolloutView, wanted: TemplateVersion): boolean {
  const aim = refresh?.DesiredConfiguration?.LaunchTemplate;
  const going = ["Pending", "InProgress", "Baking"].includes(refresh?.Status ?? "");
  return going && isSameTemplate({ id: aim?.LaunchTemplateId, version: aim?.Version }, wanted);
}

/** A refresh to another version blocks a new one until it has ended. A rollback ends by itself. */
async function stopRefresh(
  { clients, progress, pause }: RolloutTools,
  order: RolloutOrder,
  { refresh }: RolloutView,
  since: Date,
): Promise<void> {
  progress.step(`waiting for the end of another instance refresh (${refresh?.Status ?? ""})`);
  if (refresh?.Status !== "RollbackInProgress" && refresh?.Status !== "Cancelling") {
    await clients.scaling.cancelInstanceRefresh({ AutoScalingGroupName: order.groupName });
  }
  const deadline = Date.now() + order.patienceMinutes * 60_000;
  while (isActive((await viewRollout(clients, order, since)).refresh)) {
    if (Date.now() > deadline) {
      throw new Error(
        `Another instance refresh of ${order.groupName} has not ended after ${String(order.patienceMinutes)} minutes. ` +
          `Wait until \`aws autoscaling describe-instance-refreshes --auto-scaling-group-name ${order.groupName}\` shows its end, then run \`pulumi up\` again.`,
      );
    }
    await pause();
  }
}
