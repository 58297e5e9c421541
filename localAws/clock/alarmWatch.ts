import type { Dimension, MetricAlarm, MetricDataQuery, StateValue } from "@aws-sdk/client-cloudwatch";

import { z } from "../../cli/json";
import type { AwsClients } from "../providers/aws/clients";
import { type Datapoint, datapointsOf, hasValue, type Sample } from "./alarmDatapoints";
import { evaluate, type Evaluation, rangeOf } from "./alarmEvaluation";
import type { Rule } from "./alarmReason";

/** The alarms of one account in one region whose metrics are measured. */
export interface AlarmWatch {
  /** Evaluates the alarms when it is time, and sets the states that changed. @returns whether it was time. */
  readonly evaluate: (now: number, secondsPerMinute: number) => Promise<boolean>;
  /** The latest state of an alarm, and its newest datapoint. */
  readonly latest: (alarmName: string) => AlarmValue | undefined;
}

export interface AlarmValue {
  readonly state: StateValue;
  readonly newest: Sample | undefined;
}

/** An alarm that this clock can evaluate. */
const alarmSchema = z.object({
  AlarmName: z.string(),
  Namespace: z.string(),
  MetricName: z.string(),
  Statistic: z.enum(["Average", "Maximum", "Minimum", "SampleCount", "Sum"]),
  Period: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number().nullish(),
  Threshold: z.number(),
  ComparisonOperator: z.enum([
    "GreaterThanThreshold",
    "GreaterThanOrEqualToThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
  ]),
  TreatMissingData: z.enum(["breaching", "notBreaching", "ignore", "missing"]).nullish(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
  StateValue: z.enum(["ALARM", "INSUFFICIENT_DATA", "OK"]),
});

type WatchedAlarm = z.output<typeof alarmSchema>;

/** Machines are measured this often, too. */
const evaluationMilliseconds = 2000;
/** How long a list of the account's metrics counts. */
const metricsMilliseconds = 10_000;

export function watchAlarms(aws: AwsClients): AlarmWatch {
  const values = new Map<string, AlarmValue>();
  let metrics: { readonly at: number; readonly names: ReadonlySet<string> } | undefined;
  let evaluatedAt = 0;

  /** AWS's services with metrics here. Alarms of others stay as they are: nothing measures them. */
  const measured = async (now: number): Promise<ReadonlySet<string>> => {
    if (metrics === undefined || now - metrics.at > metricsMilliseconds) {
      metrics = { at: now, names: await measuredNamespaces(aws) };
    }
    return metrics.names;
  };

  return {
    latest: (alarmName) => values.get(alarmName),
    evaluate: async (now, secondsPerMinute) => {
      if (now - evaluatedAt < evaluationMilliseconds) return false;
      evaluatedAt = now;
      const known = await measured(now);
      const alarms = (await describeAlarms(aws)).filter(
        ({ Namespace }) => !Namespace.startsWith("AWS/") || known.has(Namespace),
      );
      if (alarms.length === 0) return false;
      const samples = await samplesOf(aws, alarms, now, secondsPerMinute);
      for (const alarm of alarms) {
        const rule = ruleOf(alarm);
        const milliseconds = alarm.Period * 1000 * (secondsPerMinute / 60);
        const periods = { statistic: alarm.Statistic, milliseconds, count: rangeOf(rule) };
        const datapoints = datapointsOf(samples.get(alarm.AlarmName) ?? [], periods, now);
        const evaluation = evaluate(rule, datapoints);
        if (evaluation !== undefined && evaluation.state !== alarm.StateValue) {
          await setState(aws, alarm, evaluation, datapoints, now);
        }
        const newest = datapoints.find(hasValue);
        values.set(alarm.AlarmName, { state: evaluation?.state ?? alarm.StateValue, newest });
      }
      return true;
    },
  };
}

async function describeAlarms(aws: AwsClients): Promise<readonly WatchedAlarm[]> {
  const cloudWatch = await aws.cloudWatch();
  const { MetricAlarms = [] } = await cloudWatch.describeAlarms({});
  return MetricAlarms.flatMap((alarm: MetricAlarm) => {
    const parsed = alarmSchema.safeParse(alarm);
    return parsed.success ? [parsed.data] : [];
  });
}

function ruleOf(alarm: WatchedAlarm): Rule {
  return {
    comparison: alarm.ComparisonOperator,
    threshold: alarm.Threshold,
    evaluationPeriods: alarm.EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? undefined,
    treatMissingData: alarm.TreatMissingData ?? "missing",
  };
}

/** The statistic of each alarm's metric, by the second, over the alarm's range. */
async function samplesOf(
  aws: AwsClients,
  alarms: readonly WatchedAlarm[],
  now: number,
  secondsPerMinute: number,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const cloudWatch = await aws.cloudWatch();
  const ranges = alarms.map((alarm) => alarm.Period * (rangeOf(ruleOf(alarm)) + 1) * (secondsPerMinute / 60));
  const queries: readonly MetricDataQuery[] = alarms.map((alarm, index) => ({
    Id: `alarm${String(index)}`,
    MetricStat: {
      Metric: { Namespace: alarm.Namespace, MetricName: alarm.MetricName, Dimensions: dimensionsOf(alarm) },
      Period: 1,
      Stat: alarm.Statistic,
    },
  }));
  const { MetricDataResults = [] } = await cloudWatch.getMetricData({
    MetricDataQueries: [...queries],
    StartTime: new Date(now - Math.max(...ranges) * 1000),
    // EndTime is exclusive, and its fraction of a second does not count.
    EndTime: new Date(now + 1000),
  });
  return new Map(
    alarms.map((alarm, index) => {
      const { Timestamps = [], Values = [] } =
        MetricDataResults.find(({ Id }) => Id === `alarm${String(index)}`) ?? {};
      const samples = Timestamps.flatMap((time, position) => {
        const value = Values[position];
        return value === undefined ? [] : [{ at: time.getTime(), value }];
      });
      return [alarm.AlarmName, samples];
    }),
  );
}

function dimensionsOf({ Dimensions }: WatchedAlarm): Dimension[] {
  return Dimensions.map(({ Name, Value }) => ({ Name, Value }));
}

async function setState(
  aws: AwsClients,
  alarm: WatchedAlarm,
  { state, reason }: Evaluation,
  datapoints: readonly Datapoint[],
  now: number,
): Promise<void> {
  const cloudWatch = await aws.cloudWatch();
  const evaluated = datapoints.slice(0, alarm.EvaluationPeriods);
  const recent = evaluated.flatMap(({ value }) => (value === undefined ? [] : [value])).reverse();
  await cloudWatch.setAlarmState({
    AlarmName: alarm.AlarmName,
    StateValue: state,
    StateReason: reason,
    StateReasonData: JSON.stringify({
      version: "1.0",
      queryDate: new Date(now).toISOString().replace("Z", "+0000"),
      ...(evaluated.length === 0
        ? {}
        : { startDate: new Date(evaluated.at(-1)?.at ?? now).toISOString().replace("Z", "+0000") }),
      statistic: alarm.Statistic,
      period: alarm.Period,
      recentDatapoints: recent,
      threshold: alarm.Threshold,
    }),
  });
}

async function measuredNamespaces(aws: AwsClients): Promise<ReadonlySet<string>> {
  const cloudWatch = await aws.cloudWatch();
  const names = new Set<string>();
  let next: string | undefined;
  do {
    const page = await cloudWatch.listMetrics(next === undefined ? {} : { NextToken: next });
    for (const { Namespace = "" } of page.Metrics ?? []) names.add(Namespace);
    next = page.NextToken;
  } while (next !== undefined);
  return names;
}
