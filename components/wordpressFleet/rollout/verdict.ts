import type { RolloutView, TargetView, TemplateVersion } from "./view";

/** What a look at the group means for a rollout. */
export type RolloutVerdict =
  | { readonly kind: "done"; readonly message: string }
  /** Progress is another phase, or more of `amount` than ever before in the phase. */
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

/** Auto Scaling tries another zone after one failed launch; two in a row without a success mean a lasting reason. */
const failedLaunchesAllowed = 1;

export function isActive(refresh: RolloutView["refresh"]): boolean {
  return activeStatuses.has(refresh?.Status ?? "");
}

export function isSameTemplate(one: TemplateVersion, other: TemplateVersion): boolean {
  return one.id === other.id && one.version === other.version;
}

/**
 * Judges whether the wanted version serves: no refresh under way, the group has the version, all servers healthy.
 * @param refreshId the refresh that brings the version; left out when none had to
 */
export function judgeRollout(view: RolloutView, wanted: TemplateVersion, refreshId?: string): RolloutVerdict {
  const { group, refresh, targets, failedLaunches } = view;
  if (group === undefined) {
    return {
      kind: "failed",
      message: "The Auto Scaling group does not exist. `pulumi refresh` notices that.",
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

/** How many of the group's own servers the load balancer calls healthy. */
function healthyOf({ group, targets }: RolloutView): number {
  const own = new Set(group?.instanceIds);
  return targets.filter(({ instanceId, state }) => state === "healthy" && own.has(instanceId)).length;
}

export function describeTarget({ instanceId, state, reason }: TargetView): string {
  return reason === "" ? `${instanceId} ${state}` : `${instanceId} ${state} (${reason})`;
}
