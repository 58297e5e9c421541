import type {
  AutoScalingGroup,
  ScalingPolicy,
  ScheduledUpdateGroupAction,
} from "@aws-sdk/client-auto-scaling";

import { messageOf } from "../../cli/failure";
import type { AwsClients } from "../providers/aws/clients";
import { isDue } from "./scheduledAction";
import { wantedCapacity } from "./targetTracking";

/** The Auto Scaling groups of one account in one region. */
export interface GroupWatch {
  /** Reads their scheduled actions and policies anew. */
  readonly read: () => Promise<void>;
  /** Does the scheduled actions that have come due since the last time. */
  readonly act: (now: number) => Promise<void>;
  /** Sizes the groups that track a metric. */
  readonly track: (now: number) => Promise<void>;
}

/** AWS wants three minutes of a metric before it scales out; here what there is of them decides. */
const metricWindowMilliseconds = 180_000;
const periodSeconds = 60;
/** AWS's cooldown, which stands in for a warm-up that is set nowhere. */
const defaultWarmUpSeconds = 300;

/** @param since no action that was due before this instant is done. */
export function watchGroups(aws: AwsClients, since: number, log: (line: string) => void): GroupWatch {
  let actions: readonly ScheduledUpdateGroupAction[] = [];
  let policies: readonly ScalingPolicy[] = [];
  let actedUntil = since;
  /** When each policy last changed its group, by its ARN. */
  const decided = new Map<string, number>();

  return {
    read: async () => {
      const autoScaling = await aws.autoScaling();
      const [described, tracking] = await Promise.all([
        autoScaling.describeScheduledActions({}),
        autoScaling.describePolicies({ PolicyTypes: ["TargetTrackingScaling"] }),
      ]);
      actions = described.ScheduledUpdateGroupActions ?? [];
      policies = (tracking.ScalingPolicies ?? []).filter(({ Enabled }) => Enabled !== false);
    },
    act: async (now) => {
      const due = actions.filter((action) => isDue(timingOf(action), actedUntil, now));
      actedUntil = now;
      for (const action of due) {
        await logged(log, action.ScheduledActionName, () => perform(aws, action, log));
      }
    },
    track: async (now) => {
      for (const policy of policies) {
        await logged(log, policy.PolicyName, () => size(aws, policy, decided, now, log));
      }
    },
  };
}

async function logged(log: (line: string) => void, name: string | undefined, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    log(`${name ?? ""}: ${messageOf(error)}`);
  }
}

function timingOf(action: ScheduledUpdateGroupAction) {
  return {
    ...(action.Recurrence === undefined ? {} : { recurrence: action.Recurrence }),
    ...(action.TimeZone === undefined ? {} : { timeZone: action.TimeZone }),
    ...(action.StartTime === undefined ? {} : { start: action.StartTime.getTime() }),
    ...(action.EndTime === undefined ? {} : { end: action.EndTime.getTime() }),
  };
}

async function perform(aws: AwsClients, action: ScheduledUpdateGroupAction, log: (line: string) => void) {
  const group = await findGroup(aws, action.AutoScalingGroupName);
  if (group === undefined || isSuspended(group, "ScheduledActions")) return;
  const { AutoScalingGroupName, MinSize, MaxSize, DesiredCapacity } = action;
  const autoScaling = await aws.autoScaling();
  await autoScaling.updateAutoScalingGroup({ AutoScalingGroupName, MinSize, MaxSize, DesiredCapacity });
  log(`${AutoScalingGroupName ?? ""}: did scheduled action ${action.ScheduledActionName ?? ""}`);
}

async function size(
  aws: AwsClients,
  policy: ScalingPolicy,
  decided: Map<string, number>,
  now: number,
  log: (line: string) => void,
): Promise<void> {
  const tracking = policy.TargetTrackingConfiguration;
  const metricType = tracking?.PredefinedMetricSpecification?.PredefinedMetricType;
  if (tracking?.TargetValue === undefined || metricType !== "ASGAverageCPUUtilization") return;
  const group = await findGroup(aws, policy.AutoScalingGroupName);
  if (group === undefined || isSuspended(group, "AlarmNotification")) return;

  const arn = policy.PolicyARN ?? "";
  const last = decided.get(arn) ?? 0;
  const warmUpSeconds = policy.EstimatedInstanceWarmup ?? group.DefaultInstanceWarmup ?? defaultWarmUpSeconds;
  if (now < last + warmUpSeconds * 1000) return;
  const metric = await averageCpu(aws, group, Math.max(now - metricWindowMilliseconds, last), now);
  if (metric === undefined) return;

  const capacity = group.DesiredCapacity ?? 0;
  const wanted = wantedCapacity({
    capacity,
    smallest: group.MinSize ?? 0,
    largest: group.MaxSize ?? 0,
    protectedInstances: (group.Instances ?? []).filter((it) => it.ProtectedFromScaleIn === true).length,
    metric,
    target: tracking.TargetValue,
    scaleInAllowed: tracking.DisableScaleIn !== true,
  });
  if (wanted === capacity) return;
  const autoScaling = await aws.autoScaling();
  await autoScaling.setDesiredCapacity({
    AutoScalingGroupName: group.AutoScalingGroupName,
    DesiredCapacity: wanted,
  });
  decided.set(arn, now);
  log(`${group.AutoScalingGroupName ?? ""}: ${capacity} to ${wanted} servers at ${metric.toFixed(1)} % CPU`);
}

async function averageCpu(aws: AwsClients, group: AutoScalingGroup, from: number, until: number) {
  const cloudWatch = await aws.cloudWatch();
  const { Datapoints = [] } = await cloudWatch.getMetricStatistics({
    Namespace: "AWS/EC2",
    MetricName: "CPUUtilization",
    Dimensions: [{ Name: "AutoScalingGroupName", Value: group.AutoScalingGroupName }],
    StartTime: new Date(from),
    EndTime: new Date(until),
    Period: periodSeconds,
    Statistics: ["Average"],
  });
  const values = Datapoints.map(({ Average }) => Average).filter((value) => value !== undefined);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value) / values.length;
}

async function findGroup(aws: AwsClients, name: string | undefined): Promise<AutoScalingGroup | undefined> {
  if (name === undefined) return undefined;
  const autoScaling = await aws.autoScaling();
  const { AutoScalingGroups } = await autoScaling.describeAutoScalingGroups({
    AutoScalingGroupNames: [name],
  });
  return AutoScalingGroups?.[0];
}

function isSuspended(group: AutoScalingGroup, process: string): boolean {
  return (group.SuspendedProcesses ?? []).some(({ ProcessName }) => ProcessName === process);
}
