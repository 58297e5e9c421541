import type { ScalingPolicy } from "@aws-sdk/client-auto-scaling";
import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";

import type { Answers } from "./answers";
import type { Alarm } from "./page";

const operators: Readonly<Record<string, string>> = {
  GreaterThanThreshold: ">",
  GreaterThanOrEqualToThreshold: ">=",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "<=",
};

/** AWS scales in only below 90 % of the target. */
const scaleInShare = 0.9;

/** The stack's alarms: those in the alarm state first. */
export function alarmsOf(answers: Answers): readonly Alarm[] {
  const scaling = scalingAlarms(answers.policies);
  return answers.alarms
    .map((alarm) => alarmOf(alarm, scaling.get(alarm.AlarmName ?? "") ?? null))
    .sort((one, other) => rank(one) - rank(other) || one.label.localeCompare(other.label));
}

function alarmOf(alarm: MetricAlarm, scales: Alarm["scales"]): Alarm {
  const { AlarmName: name = "", ComparisonOperator = "" } = alarm;
  const times = `${String(alarm.EvaluationPeriods ?? 1)} x ${String(alarm.Period ?? 60)} s`;
  return {
    name,
    label: labelOf(name, scales),
    description: alarm.AlarmDescription ?? null,
    state: alarm.StateValue ?? "INSUFFICIENT_DATA",
    reason: alarm.StateReason ?? null,
    since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.getTime() ?? null,
    condition: `${alarm.MetricName ?? "metric"} ${operators[ComparisonOperator] ?? ComparisonOperator} ${String(alarm.Threshold ?? "")} for ${times}`,
    scales,
  };
}

/** The alarms of target tracking by their names; `AlarmHigh` and `AlarmLow` are AWS's own parts of the names. */
export function scalingAlarms(policies: readonly ScalingPolicy[]): ReadonlyMap<string, "out" | "in"> {
  return new Map(
    policies.flatMap(({ Alarms = [] }) =>
      Alarms.flatMap(({ AlarmName = "" }): [string, "out" | "in"][] =>
        AlarmName.includes("-AlarmHigh-")
          ? [[AlarmName, "out"]]
          : AlarmName.includes("-AlarmLow-")
            ? [[AlarmName, "in"]]
            : [],
      ),
    ),
  );
}

export function labelOf(name: string, scales: Alarm["scales"]): string {
  if (scales !== null) return `target tracking: scale ${scales}`;
  return name.replace(/-[0-9a-f]{7}$/, "");
}

/** The levels of the CPU at which target tracking acts. */
export function trackingLevels(
  policies: readonly ScalingPolicy[],
): { readonly target: number; readonly low: number } | undefined {
  const target = policies.find((policy) => followsCpu(policy))?.TargetTrackingConfiguration?.TargetValue;
  return target === undefined ? undefined : { target, low: target * scaleInShare };
}

function followsCpu({ TargetTrackingConfiguration: tracking }: ScalingPolicy): boolean {
  const custom = tracking?.CustomizedMetricSpecification;
  const names = [
    custom?.MetricName,
    ...(custom?.Metrics ?? []).map(({ MetricStat }) => MetricStat?.Metric?.MetricName),
  ];
  return (
    tracking?.PredefinedMetricSpecification?.PredefinedMetricType === "ASGAverageCPUUtilization" ||
    names.includes("CPUUtilization")
  );
}

/** Whether an alarm watches a resource of the stack: a metric's dimensions name it. */
export function isOfStack(
  { AlarmName = "", Dimensions = [], Metrics = [] }: MetricAlarm,
  names: ReadonlySet<string>,
  policies: readonly ScalingPolicy[],
): boolean {
  const all = [...Dimensions, ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? [])];
  return scalingAlarms(policies).has(AlarmName) || all.some(({ Value = "" }) => names.has(Value));
}

function rank({ state, scales }: Alarm): number {
  const order = ["ALARM", "INSUFFICIENT_DATA", "OK"].indexOf(state);
  // What scales the group is no fault: it comes after the faults.
  return order === 0 && scales === null ? -1 : order;
}
