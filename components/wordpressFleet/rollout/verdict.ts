import type { RolloutView, TargetView, TemplateVersion } from "./view";

/** The state of a rollout. */
export type RolloutVerdict =
  | { readonly kind: "done"; readonly message: string }
  /** A new phase, or a higher `amount` in the same phase, is progress. */
  | { readonly kind: "waiting"; readonly message: string; readonly phase: string; readonly amount: number }
  | { readonly kind: "failed"; readonly message: string };

/** Statuses of an instance refresh that has not ended. Source: EC2 Auto Scaling API reference, InstanceRefresh. */
const activeStatuses: ReadonlySet<string> = new Set([
  "Pending",
  "InProgress",
  "Cancelling",
  "RollbackInProgress",
  "Baking",
]);

/** After a failed launch Auto Scaling tries another zone; two consecutive failures mean a permanent reason. */
const failedLaunchesAllowed = 1;

export function isActive(refresh: RolloutView["refresh"]): boolean {
  return activeStatuses.has(refresh?.Status ?? "");
}

export function isSameTemplate(one: TemplateVersion, other: TemplateVersion): boolean {
  return one.id === other.id && one.version === other.version;
}

/**
 * Judges whether the wanted version serves: no refresh in progress, the group has the version, all servers healthy.
 * @param refreshId the refresh that deploys the version; omitted when none was necessary
 */
export function judgeRollout(view: RolloutView, wanted: TemplateVersion, refreshId?: string): RolloutVerdict {
  const { group, refresh, targets, failedLaunches } = view;
  if (group === undefined) {
    return {
      kind: "failed",
      message: "The Auto Scaling group does not exist. Run `pulumi refresh`.",
    };
  }
  const healthy = healthyOf(view);
  const counted = `${String(healthy)} of ${String(group.desiredCapacity)} servers healthy`;
  const unhealthy = targets.filter(({ state }) => state !== "healthy").map(describeTarget);
  const [launchFailure] = failedLaunches;
  if (launchFailure !== undefined && failedLaunches.length > failedLaunchesAllowed) {
    return { kind: "failed", message: `Auto Scaling cannot launch a server: ${launchFailure}` };
  }
  if (isActive(refresh)) {
    const phase = `instance refresh ${refresh?.Status ?? ""}`;
    const percent = refresh?.PercentageComplete ?? 0;
    const message = [`${phase}, ${String(percent)} %`, counted, ...unhealthy].join("; ");
    return { kind: "waiting", message, phase, amount: percent };
  }
  if (!isSameTemplate(group.template, wanted)) return judgeOtherTemplate(view, wanted, refreshId);
  if (healthy >= group.desiredCapacity) return { kind: "done", message: counted };
  return {
    kind: "waiting",
    message: [counted, ...unhealthy].join("; "),
    phase: "health",
    amount: healthy - group.desiredCapacity,
  };
}

/** The group has another version: its refresh failed, or its success is not visible in the group yet. */
function judgeOtherTemplate(
  { group, refresh }: RolloutView,
  wanted: TemplateVersion,
  refreshId: string | undefined,
): RolloutVerdict {
  const has = `The group has launch template version ${group?.template.version ?? "none"}, not ${wanted.version ?? "none"}`;
  const ended = refreshId !== undefined && refresh?.InstanceRefreshId === refreshId;
  if (!ended || refresh.Status === "Successful") {
    return { kind: "waiting", message: has, phase: "launch template", amount: 0 };
  }
  const reason = `the instance refresh ended as ${refresh.Status ?? "unknown"}. ${refresh.StatusReason ?? ""}`;
  return { kind: "failed", message: `${has}: ${reason}`.trimEnd() };
}

/** How many of the group's servers the load balancer reports healthy. */
function healthyOf({ group, targets }: RolloutView): number {
  const own = new Set(group?.instanceIds);
  return targets.filter(({ instanceId, state }) => state === "healthy" && own.has(instanceId)).length;
}

export function describeTarget({ instanceId, state, reason }: TargetView): string {
  return reason === "" ? `${instanceId} ${state}` : `${instanceId} ${state} (${reason})`;
}
