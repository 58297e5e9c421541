import type { ScalingPolicy } from "@aws-sdk/client-auto-scaling";
import type { Metric, MetricDataQuery } from "@aws-sdk/client-cloudwatch";

import type { Answers, Metrics } from "../model/answers";
import type { Series } from "../model/page";
import { extended } from "../model/series";
import type { Readers } from "./clients";
import { loadBalancerDimension, type StackNames } from "./names";

const shownMilliseconds = 60 * 60_000;
const secondsPerPeriod = 60;
/** The emulator keeps values of less than a minute for 15 minutes, and then joins them. */
const detailedMilliseconds = 14 * 60_000;
/** CloudWatch completes a period up to some minutes after its end: they are asked for again. */
const againMilliseconds = 5 * 60_000;

/** A series, by its key in {@link Metrics} or a server's id. */
interface Query {
  readonly key: string;
  readonly metric: Metric;
  readonly stat: "Average" | "Sum";
}

/**
 * Reads an hour of a series at first, of a new server what it has, and then what is new: GetMetricData is billed, and an
 * hour of points takes time.
 */
export function metricsReader(
  readers: Readers,
  names: StackNames & { readonly secondsPerMinute: number },
  now: () => number,
) {
  let series: Readonly<Record<string, Series>> = {};
  let read = 0;
  return async (known: Answers): Promise<Metrics> => {
    const until = now();
    const oldest = until - shownMilliseconds;
    const begin = names.secondsPerMinute < secondsPerPeriod ? until - detailedMilliseconds : oldest;
    const period = Math.min(periodOf(known.policies), names.secondsPerMinute);
    const queries = queriesOf(known, names);
    const [before, recent] = [
      queries.filter(({ key }) => key in series),
      queries.filter(({ key }) => !(key in series)),
    ];
    const first = Math.max(begin, Math.min(...recent.map(({ key }) => launchOf(known, key))));
    const answers = {
      ...(await ask(readers, before, { from: Math.max(oldest, read - againMilliseconds), until, period })),
      ...(await ask(readers, recent, { from: first, until, period })),
    };
    series = Object.fromEntries(
      queries.map(({ key }) => [key, extended(series[key] ?? [], answers[key] ?? [], oldest)]),
    );
    read = until;
    return metricsOf(series, names.secondsPerMinute, until);
  };
}

/** When a server was launched; 0 for the other series. */
function launchOf({ instances }: Answers, key: string): number {
  return instances.find(({ InstanceId }) => InstanceId === key)?.LaunchTime?.getTime() ?? 0;
}

function metricsOf(series: Readonly<Record<string, Series>>, periodSeconds: number, readAt: number): Metrics {
  const of = (key: string): Series => series[key] ?? [];
  return {
    groupCpu: of("groupCpu"),
    serverCpu: Object.fromEntries(Object.entries(series).filter(([key]) => key.startsWith("i-"))),
    requests: of("requests"),
    targetErrors: of("targetErrors"),
    balancerErrors: of("balancerErrors"),
    periodSeconds,
    readAt,
  };
}

function queriesOf({ group, loadBalancer, policies }: Answers, { groupName }: StackNames): readonly Query[] {
  const cpu = (Name: string, Value: string): Metric => ({
    Namespace: "AWS/EC2",
    MetricName: "CPUUtilization",
    Dimensions: [{ Name, Value }],
  });
  const servers = (group?.Instances ?? []).map(({ InstanceId: key = "" }) => key);
  return [
    {
      key: "groupCpu",
      metric: trackedMetric(policies) ?? cpu("AutoScalingGroupName", groupName),
      stat: "Average",
    },
    ...servers.map((key): Query => ({ key, metric: cpu("InstanceId", key), stat: "Average" })),
    ...(loadBalancer === undefined ? [] : trafficQueries(loadBalancer.LoadBalancerArn ?? "")),
  ];
}

function trafficQueries(arn: string): readonly Query[] {
  const names = {
    requests: "RequestCount",
    targetErrors: "HTTPCode_Target_5XX_Count",
    balancerErrors: "HTTPCode_ELB_5XX_Count",
  };
  const Dimensions = [{ Name: "LoadBalancer", Value: loadBalancerDimension(arn) }];
  return Object.entries(names).map(([key, MetricName]) => ({
    key,
    metric: { Namespace: "AWS/ApplicationELB", MetricName, Dimensions },
    stat: "Sum",
  }));
}

/** The metric of a target tracking policy with a customized metric of the CPU: the page shows what it follows. */
function trackedMetric(policies: readonly ScalingPolicy[]): Metric | undefined {
  for (const { TargetTrackingConfiguration } of policies) {
    const custom = TargetTrackingConfiguration?.CustomizedMetricSpecification;
    const metric =
      custom?.Metrics?.find(({ MetricStat }) => MetricStat?.Metric !== undefined)?.MetricStat?.Metric ??
      custom;
    if (metric?.MetricName === "CPUUtilization" && metric.Namespace !== undefined) {
      return {
        Namespace: metric.Namespace,
        MetricName: metric.MetricName,
        Dimensions: metric.Dimensions ?? [],
      };
    }
  }
  return undefined;
}

/** A policy may follow metrics of 10, 20 or 30 seconds. Longer periods come out of a question for a minute. */
export function periodOf(policies: readonly ScalingPolicy[]): number {
  const periods = policies.flatMap(({ TargetTrackingConfiguration }) => {
    const custom = TargetTrackingConfiguration?.CustomizedMetricSpecification;
    return [
      custom?.Period,
      ...(custom?.Metrics ?? []).map(({ Period, MetricStat }) => MetricStat?.Period ?? Period),
    ];
  });
  return Math.min(secondsPerPeriod, ...periods.flatMap((period) => period ?? []));
}

async function ask(
  { cloudWatch }: Readers,
  queries: readonly Query[],
  { from, until, period }: { readonly from: number; readonly until: number; readonly period: number },
): Promise<Readonly<Record<string, Series>>> {
  if (queries.length === 0) return {};
  const step = period * 1000;
  const answers: Record<string, [number, number][]> = {};
  let NextToken: string | undefined;
  do {
    const answer = await (
      await cloudWatch()
    ).getMetricData({
      StartTime: new Date(Math.floor(from / step) * step),
      EndTime: new Date(Math.ceil((until + 1) / step) * step),
      ScanBy: "TimestampAscending",
      MetricDataQueries: queries.map(queryFor(period)),
      ...(NextToken === undefined ? {} : { NextToken }),
    });
    for (const { Id = "", Timestamps = [], Values = [] } of answer.MetricDataResults ?? []) {
      const key = queries[Number(Id.slice(1))]?.key;
      if (key === undefined) continue;
      const points = Timestamps.map((at, index): [number, number] => [at.getTime(), Values[index] ?? 0]);
      (answers[key] ??= []).push(...points);
    }
    NextToken = answer.NextToken;
  } while (NextToken !== undefined);
  return answers;
}

function queryFor(period: number) {
  return ({ metric, stat }: Query, index: number): MetricDataQuery => ({
    Id: `m${String(index)}`,
    MetricStat: { Metric: metric, Period: period, Stat: stat },
  });
}
