/**
 * The health of targets in AWS's words, with its reason codes and descriptions:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
import type { TargetHealth } from "../../reports";
import type { StatRow } from "./runtime";

export const health = {
  registering: {
    state: "initial",
    reason: "Elb.RegistrationInProgress",
    description: "Target registration is in progress",
  },
  initial: {
    state: "initial",
    reason: "Elb.InitialHealthChecking",
    description: "Initial health checks in progress",
  },
  healthy: { state: "healthy", reason: null, description: null },
  draining: {
    state: "draining",
    reason: "Target.DeregistrationInProgress",
    description: "Target deregistration is in progress",
  },
  drained: {
    state: "unused",
    reason: "Target.NotRegistered",
    description: "Target is not registered to the target group",
  },
  notInUse: {
    state: "unused",
    reason: "Target.NotInUse",
    description: "Target group is not configured to receive traffic from the load balancer",
  },
  otherZone: {
    state: "unused",
    reason: "Target.NotInUse",
    description: "Target is in an Availability Zone that is not enabled for the load balancer",
  },
  stopped: { state: "unused", reason: "Target.InvalidState", description: "Target is in the stopped state" },
  terminated: {
    state: "unused",
    reason: "Target.InvalidState",
    description: "Target is in the terminated state",
  },
} as const satisfies Record<string, TargetHealth>;

function failure({ checkStatus, checkCode }: StatRow): TargetHealth {
  if (checkStatus === "L7STS") {
    return {
      state: "unhealthy",
      reason: "Target.ResponseCodeMismatch",
      description: `Health checks failed with these codes: [${checkCode}]`,
    };
  }
  if (checkStatus.endsWith("TOUT")) {
    return { state: "unhealthy", reason: "Target.Timeout", description: "Request timed out" };
  }
  return { state: "unhealthy", reason: "Target.FailedHealthChecks", description: "Health checks failed" };
}

/**
 * The next health of a target.
 * A new target is healthy after one passed check, and unhealthy after the threshold of failed ones; later both
 * thresholds count. HAProxy counts: it starts as if the target were healthy.
 */
export function nextHealth(before: TargetHealth, row: StatRow): TargetHealth {
  const checked = row.checkStatus !== "" && !/^(?:INI|UNK|SOCKERR)$/.test(row.checkStatus);
  if (!checked) return before;
  const up = row.status.startsWith("UP");
  const passed = /^L[67]OKC?$/.test(row.checkStatus);
  if (before.state === "initial" && !passed && up) return before;
  if (up) return before.state === "healthy" || passed ? health.healthy : before;
  // A target that passes again, but not often enough yet, keeps the reason of its failure.
  return passed && before.state === "unhealthy" ? before : failure(row);
}
