import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { clientsOf, makeGroup, refusalOf } from "./fleet";

describe("metrics that a live region reports", () => {
  const emulator = useEmulator();
  /** The beginning of a minute, an hour ago. */
  const begin = Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000;

  afterEach(() => emulator.api.detach("test"));

  function open() {
    const accountId = emulator.newAccountId();
    const config = emulator.clientConfig(accountId);
    return {
      clients: clientsOf(config),
      cloudWatch: new CloudWatch(config),
      report: (
        name: string,
        dimensions: Readonly<Record<string, string>>,
        values: readonly (readonly [seconds: number, value: number])[],
        namespace = "AWS/ApplicationELB",
      ) =>
        emulator.api.report([
          {
            accountId,
            region: "us-east-1",
            kind: "metrics",
            namespace,
            data: values.map(([seconds, value]) => ({
              name,
              dimensions,
              value,
              unit: "Count",
              at: begin + seconds * 1000,
            })),
          },
        ]),
    };
  }

  const site = { LoadBalancer: "app/site/1" };
  const siteDimensions = [{ Name: "LoadBalancer", Value: "app/site/1" }];

  it("are read by period, from the beginning of the minute, with all statistics", async () => {
    const { cloudWatch, report } = open();
    await report("RequestCount", site, [
      [5, 10],
      [65, 2],
      [55, 30],
    ]);
    const read = async (Period: number) => {
      const { Datapoints = [] } = await cloudWatch.getMetricStatistics({
        Namespace: "AWS/ApplicationELB",
        MetricName: "RequestCount",
        Dimensions: siteDimensions,
        StartTime: new Date(begin + 30_000),
        EndTime: new Date(begin + 120_000),
        Period,
        Statistics: ["Sum", "Average", "Maximum", "SampleCount"],
      });
      return Datapoints.map(({ Timestamp, Sum, Average, Maximum, SampleCount }) => [
        ((Timestamp?.getTime() ?? 0) - begin) / 1000,
        Sum,
        Average,
        Maximum,
        SampleCount,
      ]);
    };
    expect(await read(60)).to.deep.equal([
      [0, 40, 20, 30, 2],
      [60, 2, 2, 2, 1],
    ]);
    expect(await read(10)).to.deep.equal([
      [50, 30, 30, 30, 1],
      [60, 2, 2, 2, 1],
    ]);
  });

  it("match their dimensions exactly, newest first, with percentiles", async () => {
    const { cloudWatch, report } = open();
    const both = { ...site, TargetGroup: "targetgroup/servers/2" };
    await report("RequestCount", site, [[0, 7]]);
    await report("RequestCount", both, [
      [0, 1],
      [1, 2],
      [2, 3],
      [60, 5],
    ]);
    const query = (Id: string, Stat: string, Dimensions: { Name: string; Value: string }[]) => ({
      Id,
      MetricStat: {
        Metric: { Namespace: "AWS/ApplicationELB", MetricName: "RequestCount", Dimensions },
        Period: 60,
        Stat,
      },
    });
    const ofBoth = [...siteDimensions, { Name: "TargetGroup", Value: "targetgroup/servers/2" }];
    const { MetricDataResults = [] } = await cloudWatch.getMetricData({
      StartTime: new Date(begin),
      EndTime: new Date(begin + 120_000),
      MetricDataQueries: [
        query("all", "Sum", siteDimensions),
        query("one", "p50", ofBoth),
        query("none", "Sum", [{ Name: "LoadBalancer", Value: "app/other/3" }]),
      ],
    });
    expect(MetricDataResults.map(({ Id, Values }) => [Id, Values])).to.deep.equal([
      ["all", [7]],
      ["one", [5, 2]],
      ["none", []],
    ]);
  });

  it("are listed once, by namespace and dimensions", async () => {
    const { cloudWatch, report } = open();
    await report("RequestCount", site, [
      [0, 1],
      [60, 1],
    ]);
    await report("CPUUtilization", { InstanceId: "i-1" }, [[0, 50]], "AWS/EC2");
    const { Metrics = [] } = await cloudWatch.listMetrics({ Namespace: "AWS/ApplicationELB" });
    expect(Metrics).to.deep.equal([
      { Namespace: "AWS/ApplicationELB", MetricName: "RequestCount", Dimensions: siteDimensions },
    ]);
  });

  it("are dropped after six hours", async () => {
    const { cloudWatch, report } = open();
    const hours = (count: number) => count * 3600;
    const old = Array.from({ length: 100 }, (_, index) => [hours(-7) + index, 1] as const);
    await report("RequestCount", site, old);
    await report("RequestCount", site, [[0, 1]]);
    const { Datapoints } = await cloudWatch.getMetricStatistics({
      Namespace: "AWS/ApplicationELB",
      MetricName: "RequestCount",
      Dimensions: siteDimensions,
      StartTime: new Date(begin - hours(8) * 1000),
      EndTime: new Date(begin + 60_000),
      Period: 3600,
      Statistics: ["SampleCount"],
    });
    expect(Datapoints?.map(({ SampleCount }) => SampleCount)).to.deep.equal([1]);
  });

  it("cannot be put by users, who load a server instead", async () => {
    const { clients, cloudWatch } = open();
    await makeGroup(clients, { min: 0, desired: 0, max: 1 });
    await emulator.api.attach("test");
    const put = cloudWatch.putMetricData({
      Namespace: "AWS/EC2",
      MetricData: [
        {
          MetricName: "CPUUtilization",
          Dimensions: [{ Name: "AutoScalingGroupName", Value: "web" }],
          Value: 9,
        },
      ],
    });
    expect((await refusalOf(put)).message).to.match(/^The value AWS\/ for parameter Namespace is invalid\./);
  });
});
