import type { StateValue } from "@aws-sdk/client-cloudwatch";

import { type Datapoint, hasValue } from "./alarmDatapoints";
import { isBreaching, type Rule, stateReason } from "./alarmReason";

/** The outcome of an evaluation. */
export interface Evaluation {
  readonly state: StateValue;
  /** In CloudWatch's words. */
  readonly reason: string;
}

/** CloudWatch reads more periods than it needs, so that single missing values do not count. */
const extraPeriods = 2;

/** The number of periods that {@link evaluate} expects. */
export function rangeOf({ evaluationPeriods }: Pick<Rule, "evaluationPeriods">): number {
  return evaluationPeriods + extraPeriods;
}

/**
 * The state of an alarm after its latest datapoints, newest first. With as many values as evaluation periods, missing
 * ones do not count; with fewer, the alarm's `TreatMissingData` fills the rest.
 * @returns undefined when the alarm keeps its state.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluate(rule: Rule, datapoints: readonly Datapoint[]): Evaluation | undefined {
  const { evaluationPeriods, treatMissingData } = rule;
  const present = datapoints.filter(hasValue).slice(0, evaluationPeriods);
  const missing = evaluationPeriods - present.length;
  const breaching = present.filter(({ value }) => isBreaching(rule, value));
  const needed = rule.datapointsToAlarm ?? evaluationPeriods;
  const outcome = (isAlarm: boolean): Evaluation => ({
    state: isAlarm ? "ALARM" : "OK",
    reason: stateReason(rule, { present, missing, isAlarm }),
  });

  if (missing === 0) return outcome(breaching.length >= needed);
  switch (treatMissingData) {
    case "breaching":
      return outcome(breaching.length + missing >= needed);
    case "notBreaching":
      return outcome(breaching.length >= needed);
    case "ignore":
      if (breaching.length >= needed) return outcome(true);
      return present.length > breaching.length ? outcome(false) : undefined;
    case "missing": {
      if (present.length === 0) {
        const reason = `Insufficient Data: ${counted(missing, "datapoint")} ${missing === 1 ? "was" : "were"} unknown.`;
        return { state: "INSUFFICIENT_DATA", reason };
      }
      if (present.length > breaching.length) return outcome(breaching.length >= needed);
      // Only breaching values: the oldest has to be as old as the datapoints that an alarm needs.
      const oldest = datapoints.findLastIndex(hasValue);
      return oldest + 1 >= needed ? outcome(true) : undefined;
    }
  }
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}
