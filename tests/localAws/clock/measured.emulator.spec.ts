import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { expect } from "chai";

import { paces } from "../../../localAws/live/pace";
import { useEmulator } from "../../support/emulator";
import { eventually } from "../../support/eventually";
import { useFakeRegion } from "../emulator/fakeRegion";
import { clientsOf, groupOf, instancesOf, makeGroup, makeQueue, present } from "../emulator/fleet";

const cpuPercent = 80;

describe("target tracking of measured servers", () => {
  const emulator = useEmulator({ clock: true });
  const region = useFakeRegion(emulator);

  /** A group `web` that tracks its CPU at the fast pace; `cpu` is what its servers report, by instance. */
  async function trackedGroup(sizes: {
    readonly min: number;
    readonly desired: number;
    readonly max: number;
  }) {
    const accountId = emulator.newAccountId();
    const config = emulator.clientConfig(accountId);
    const clients = clientsOf(config);
    const cloudWatch = new CloudWatch(config);
    await emulator.api.setPace(accountId, paces.fast);
    await makeGroup(clients, sizes, { template: { Monitoring: { Enabled: true } } });
    await clients.autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: "web",
      DefaultInstanceWarmup: 60,
    });
    await clients.autoScaling.enableMetricsCollection({
      AutoScalingGroupName: "web",
      Granularity: "1Minute",
    });
    const { Alarms } = await clients.autoScaling.putScalingPolicy({
      AutoScalingGroupName: "web",
      PolicyName: "cpu",
      PolicyType: "TargetTrackingScaling",
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" },
        TargetValue: cpuPercent,
      },
    });
    return {
      ...clients,
      cloudWatch,
      alarms: (Alarms ?? []).map(({ AlarmName }) => present(AlarmName)),
      ...region.servers(accountId, clients),
      has: (servers: number) =>
        eventually(`${String(servers)} servers`, async () =>
          (await instancesOf(clients)).length === servers ? true : undefined,
        ),
    };
  }

  it("starts one more server after three periods of load, and none for those that warm up", async () => {
    const group = await trackedGroup({ min: 1, desired: 1, max: 4 });
    await group.has(1);
    group.use((index) => (index === 0 ? 100 : 3));
    const loaded = Date.now();
    await group.has(2);
    expect(Date.now() - loaded).to.be.at.least(8_000);

    const [first] = await instancesOf(group);
    const { Activities } = await group.autoScaling.describeScalingActivities({ AutoScalingGroupName: "web" });
    expect(Activities?.[0]?.Cause).to.match(
      /a monitor alarm TargetTracking-web-AlarmHigh-\S+ in state ALARM triggered policy cpu changing the desired capacity from 1 to 2\./,
    );
    const { AlarmHistoryItems = [] } = await group.cloudWatch.describeAlarmHistory({
      AlarmName: group.alarms.find((name) => name.includes("High")),
      HistoryItemType: "StateUpdate",
    });
    const alarmed = AlarmHistoryItems.find(
      ({ HistorySummary }) => HistorySummary?.endsWith("to ALARM") === true,
    );
    expect(alarmed?.HistoryData).to.match(
      /Threshold Crossed: 3 datapoints \[.+\] were greater than the threshold \(80\.0\)/,
    );

    // The warm-up of 60 s is 5 s. Then the group's average is about 51 %.
    await eventually("an alarm that ended", async () => {
      const { MetricAlarms } = await group.cloudWatch.describeAlarms({ AlarmNames: group.alarms });
      return MetricAlarms?.[0]?.StateValue === "OK" ? true : undefined;
    });
    expect((await groupOf(group)).DesiredCapacity).to.equal(2);
    const dimensions = { InstanceId: present(first?.InstanceId) };
    expect(await group.statistic("AWS/EC2", "CPUUtilization", dimensions)).to.include({ Average: 100 });
    expect(
      await group.statistic("AWS/AutoScaling", "GroupInServiceInstances", { AutoScalingGroupName: "web" }),
    ).to.include({
      Maximum: 2,
    });
  });

  it("scales in after fifteen periods without load", async () => {
    const group = await trackedGroup({ min: 1, desired: 2, max: 4 });
    await group.has(2);
    group.use(() => 3);
    const idle = Date.now();
    await group.has(1);
    expect(Date.now() - idle).to.be.at.least(60_000);
  });

  it("changes an alarm of the user's own metric, and publishes it to its topic", async () => {
    const accountId = emulator.newAccountId();
    const config = emulator.clientConfig(accountId);
    const clients = clientsOf(config);
    const cloudWatch = new CloudWatch(config);
    await emulator.api.setPace(accountId, paces.fast);
    const { TopicArn } = await clients.sns.createTopic({ Name: "operators" });
    const queue = await makeQueue(clients, "mail", accountId);
    await clients.sns.subscribe({ TopicArn, Protocol: "sqs", Endpoint: queue.arn });
    await cloudWatch.putMetricAlarm({
      AlarmName: "orders",
      AlarmDescription: "No order arrives",
      Namespace: "Shop",
      MetricName: "Orders",
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "LessThanThreshold",
      TreatMissingData: "breaching",
      AlarmActions: [present(TopicArn)],
      OKActions: [present(TopicArn)],
    });
    const received = (state: string) =>
      eventually(`the message of ${state}`, async () => {
        const bodies = (await queue.take()).map(({ Body = "{}" }) => Body);
        return bodies.find((body) => body.includes(`\\"NewStateValue\\": \\"${state}\\"`));
      });
    const alarm = await received("ALARM");
    expect(alarm).to.contain('"Subject": "ALARM: \\"orders\\" in US East (N. Virginia)"');
    expect(alarm).to.contain(
      "no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching]",
    );
    await cloudWatch.putMetricData({ Namespace: "Shop", MetricData: [{ MetricName: "Orders", Value: 3 }] });
    expect(await received("OK")).to.contain('\\"OldStateValue\\": \\"ALARM\\"');
    const { AlarmHistoryItems = [] } = await cloudWatch.describeAlarmHistory({ AlarmName: "orders" });
    expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary).slice(0, 5)).to.deep.equal([
      `Successfully executed action ${present(TopicArn)}`,
      "Alarm updated from ALARM to OK",
      `Successfully executed action ${present(TopicArn)}`,
      "Alarm updated from INSUFFICIENT_DATA to ALARM",
      'Alarm "orders" created',
    ]);
  });

  it("alarms on a message in a dead-letter queue", async () => {
    const accountId = emulator.newAccountId();
    const config = emulator.clientConfig(accountId);
    const clients = clientsOf(config);
    const cloudWatch = new CloudWatch(config);
    await emulator.api.setPace(accountId, paces.fast);
    await makeQueue(clients, "failures", accountId);
    await cloudWatch.putMetricAlarm({
      AlarmName: "failures",
      Namespace: "AWS/SQS",
      MetricName: "ApproximateNumberOfMessagesVisible",
      Dimensions: [{ Name: "QueueName", Value: "failures" }],
      Statistic: "Maximum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: "GreaterThanThreshold",
    });
    const has = (state: string) =>
      eventually(`the state ${state}`, async () => {
        const { MetricAlarms } = await cloudWatch.describeAlarms({ AlarmNames: ["failures"] });
        return MetricAlarms?.[0]?.StateValue === state ? true : undefined;
      });
    await has("OK");
    const { QueueUrl } = await clients.sqs.getQueueUrl({ QueueName: "failures" });
    await clients.sqs.sendMessage({ QueueUrl, MessageBody: "lost" });
    await has("ALARM");
  });
});
