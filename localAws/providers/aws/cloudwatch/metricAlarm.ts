import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { MetricAlarmArgs, MetricAlarmState } from "@pulumi/aws/cloudwatch";

import { choice } from "../choice";
import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { newTagList, tagChange, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { checkAlarm, comparisonOperators, statistics } from "./alarmChoices";

/** An alarm on one metric. Its id is its name. */
export const metricAlarm: ResourceType<MetricAlarmArgs> = {
  token: "aws:cloudwatch/metricAlarm:MetricAlarm",
  properties: {
    actionsEnabled: { default: true },
    alarmActions: { set: true },
    alarmDescription: {},
    comparisonOperator: { required: true },
    datapointsToAlarm: {},
    dimensions: {},
    evaluateLowSampleCountPercentiles: { computed: true },
    evaluationPeriods: { required: true },
    extendedStatistic: {},
    insufficientDataActions: { set: true },
    metricName: { required: true },
    name: { replace: true, autoName: { maxLength: 255 } },
    namespace: { required: true },
    okActions: { set: true },
    period: { required: true },
    statistic: {},
    tags: {},
    threshold: { required: true },
    treatMissingData: { default: "missing" },
  },
  check: checkAlarm,
  async create(aws, inputs) {
    await put(aws, inputs);
    return { id: reading<MetricAlarmArgs>(inputs).requiredString("name") };
  },
  async read(aws, id) {
    const found = await find(aws, id);
    if (found === undefined) return undefined;
    const { Tags } = await (
      await aws.cloudWatch()
    ).listTagsForResource({ ResourceARN: sent(found.AlarmArn, "AlarmArn") });
    return present({
      actionsEnabled: found.ActionsEnabled,
      alarmActions: found.AlarmActions ?? [],
      alarmDescription: found.AlarmDescription,
      arn: found.AlarmArn,
      comparisonOperator: found.ComparisonOperator,
      datapointsToAlarm: found.DatapointsToAlarm,
      dimensions: dimensions(found),
      evaluateLowSampleCountPercentiles: found.EvaluateLowSampleCountPercentile,
      evaluationPeriods: found.EvaluationPeriods,
      extendedStatistic: found.ExtendedStatistic,
      insufficientDataActions: found.InsufficientDataActions ?? [],
      metricName: found.MetricName,
      name: found.AlarmName,
      namespace: found.Namespace,
      okActions: found.OKActions ?? [],
      period: found.Period,
      statistic: found.Statistic,
      threshold: found.Threshold,
      treatMissingData: found.TreatMissingData ?? "missing",
      ...tagProperties(Tags),
    } satisfies Known<MetricAlarmState>);
  },
  async update(aws, { old, new: inputs, changed }) {
    const cloudWatch = await aws.cloudWatch();
    // PutMetricAlarm accepts tags only for a new alarm.
    if ([...changed].some((name) => name !== "tags")) await put(aws, inputs);
    const ResourceARN = reading<MetricAlarmState>(old).requiredString("arn");
    const { set, remove } = tagChange(old, inputs);
    if (remove.length > 0) await cloudWatch.untagResource({ ResourceARN, TagKeys: remove });
    if (set.length > 0) await cloudWatch.tagResource({ ResourceARN, Tags: set });
  },
  async delete(aws, id) {
    await unlessGone((await aws.cloudWatch()).deleteAlarms({ AlarmNames: [id] }), "ResourceNotFound");
  },
};

async function put(aws: AwsClients, inputs: Properties): Promise<void> {
  const from = reading<MetricAlarmArgs>(inputs);
  await (
    await aws.cloudWatch()
  ).putMetricAlarm({
    ActionsEnabled: from.boolean("actionsEnabled"),
    AlarmActions: from.strings("alarmActions"),
    AlarmDescription: from.string("alarmDescription"),
    AlarmName: from.requiredString("name"),
    ComparisonOperator: choice("comparisonOperator", comparisonOperators, from.string("comparisonOperator")),
    DatapointsToAlarm: from.number("datapointsToAlarm"),
    Dimensions: Object.entries(from.stringMap("dimensions") ?? {}).map(([Name, Value]) => ({ Name, Value })),
    EvaluateLowSampleCountPercentile: from.string("evaluateLowSampleCountPercentiles"),
    EvaluationPeriods: from.requiredNumber("evaluationPeriods"),
    ExtendedStatistic: from.string("extendedStatistic"),
    InsufficientDataActions: from.strings("insufficientDataActions"),
    MetricName: from.requiredString("metricName"),
    Namespace: from.requiredString("namespace"),
    OKActions: from.strings("okActions"),
    Period: from.requiredNumber("period"),
    Statistic: choice("statistic", statistics, from.string("statistic")),
    Tags: newTagList(inputs),
    Threshold: from.requiredNumber("threshold"),
    TreatMissingData: from.string("treatMissingData"),
  });
}

async function find(aws: AwsClients, name: string): Promise<MetricAlarm | undefined> {
  const { MetricAlarms } = await (await aws.cloudWatch()).describeAlarms({ AlarmNames: [name] });
  return MetricAlarms?.[0];
}

function dimensions({ Dimensions }: MetricAlarm): Record<string, string> | undefined {
  if (Dimensions === undefined || Dimensions.length === 0) return undefined;
  return Object.fromEntries(Dimensions.map(({ Name = "", Value = "" }) => [Name, Value]));
}
