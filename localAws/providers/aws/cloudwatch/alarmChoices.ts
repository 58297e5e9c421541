import type { ComparisonOperator, Statistic } from "@aws-sdk/client-cloudwatch";
import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch";

import type { CheckFailure, Properties } from "../resourceType";
import { reading } from "../values";

/** Without anomaly detection, whose alarms have no fixed threshold. */
export const comparisonOperators: readonly ComparisonOperator[] = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanThreshold",
];

export const statistics: readonly Statistic[] = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"];

const missingData: readonly string[] = ["breaching", "ignore", "missing", "notBreaching"];

/** Values that CloudWatch refuses and the emulator accepts. Source: CloudWatch API reference, PutMetricAlarm. */
export function checkAlarm(inputs: Properties): readonly CheckFailure[] {
  const from = reading<MetricAlarmArgs>(inputs);
  const failures: CheckFailure[] = [];
  const oneOf = (property: keyof MetricAlarmArgs, allowed: readonly string[]) => {
    const given = from.string(property);
    if (given === undefined || allowed.includes(given)) return;
    failures.push({ property, reason: `${given} - allowed: ${allowed.join(", ")}` });
  };
  oneOf("comparisonOperator", comparisonOperators);
  oneOf("statistic", statistics);
  oneOf("treatMissingData", missingData);
  const period = from.requiredNumber("period");
  if (![10, 20, 30].includes(period) && (period <= 0 || period % 60 !== 0)) {
    failures.push({
      property: "period",
      reason: `${String(period)} - allowed: 10, 20, 30 or a multiple of 60 seconds`,
    });
  }
  const ways = ["statistic", "extendedStatistic"].filter((name) => inputs[name] !== undefined).length;
  if (ways !== 1) {
    failures.push({ property: "statistic", reason: "set it or extendedStatistic, and only one of them" });
  }
  const periods = from.requiredNumber("evaluationPeriods");
  const points = from.number("datapointsToAlarm") ?? periods;
  if (points > periods) {
    failures.push({
      property: "datapointsToAlarm",
      reason: `${String(points)} - allowed: at most evaluationPeriods, ${String(periods)}`,
    });
  }
  return failures;
}
