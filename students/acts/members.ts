import type { StudentAccount } from "../account/account";
import { nameOf } from "../preflight/client";
import type { Sizes } from "./undo/record";

/** An Auto Scaling group with its servers, as it is now. */
export interface Members extends Sizes {
  /** Ids of the servers that are not leaving, the longest present first. */
  readonly servers: readonly string[];
  /** Ids of those that are in service and that the group considers healthy. */
  readonly inService: readonly string[];
  /** Ids of all, also of those that leave. */
  readonly all: readonly string[];
  /** Ids of the servers that are protected from scale-in. */
  readonly isProtected: readonly string[];
  /** Names of suspended processes, such as `Launch`. */
  readonly suspended: readonly string[];
}

/** @returns undefined when there is no such group */
export async function membersOf(account: StudentAccount, group: string): Promise<Members | undefined> {
  const autoScaling = await account.autoScaling();
  const { AutoScalingGroups = [] } = await autoScaling.describeAutoScalingGroups({
    AutoScalingGroupNames: [group],
  });
  const found = AutoScalingGroups[0];
  if (found === undefined || found.Status !== undefined) return undefined;
  const instances = found.Instances ?? [];
  const ids = (which: typeof instances) => which.flatMap(({ InstanceId }) => InstanceId ?? []);
  return {
    min: found.MinSize ?? 0,
    desired: found.DesiredCapacity ?? 0,
    max: found.MaxSize ?? 0,
    servers: ids(instances.filter(({ LifecycleState }) => isStaying(LifecycleState))),
    inService: ids(
      instances.filter((each) => each.LifecycleState === "InService" && each.HealthStatus === "Healthy"),
    ),
    all: ids(instances),
    isProtected: ids(instances.filter(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn === true)),
    suspended: (found.SuspendedProcesses ?? []).flatMap(({ ProcessName }) => ProcessName ?? []).toSorted(),
  };
}

/** `Terminating:Wait` and `Detached` leave; `Pending:Wait` and `Standby` stay. */
function isStaying(lifecycle: string | undefined): boolean {
  return !/^(?:Terminat|Detach)/.test(lifecycle ?? "");
}

/**
 * Terminates a server of the group and lowers its desired capacity by one. A server that has left the group
 * needs no termination.
 */
export async function endMember(account: StudentAccount, id: string): Promise<void> {
  const autoScaling = await account.autoScaling();
  try {
    await autoScaling.terminateInstanceInAutoScalingGroup({
      InstanceId: id,
      ShouldDecrementDesiredCapacity: true,
    });
  } catch (error) {
    const isGone = nameOf(error) === "ValidationError" && /not found|not part/i.test(String(error));
    if (!isGone) throw error;
  }
}
