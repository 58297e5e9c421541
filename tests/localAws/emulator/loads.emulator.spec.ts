import { CloudWatch, type MetricDatum } from "@aws-sdk/client-cloudwatch";
import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { clientsOf, makeGroup, refusalOf } from "./fleet";

const owner = "333344445555";
const foreign = "666677778888";

describe("a metric put in a namespace of AWS's", () => {
  const emulator = useEmulator();

  before(async () => {
    await makeGroup(clientsOf(emulator.clientConfig(owner)), { min: 0, desired: 0, max: 1 });
  });

  const put = (
    given: Partial<MetricDatum> = {},
    place: { readonly namespace?: string; readonly accountId?: string; readonly region?: string } = {},
  ) =>
    new CloudWatch(emulator.clientConfig(place.accountId ?? owner, place.region)).putMetricData({
      Namespace: place.namespace ?? "AWS/EC2",
      MetricData: [
        {
          MetricName: "CPUUtilization",
          Dimensions: [{ Name: "AutoScalingGroupName", Value: "web" }],
          Value: 95,
          Unit: "Percent",
          ...given,
        },
      ],
    });
  const refusal = async (...given: Parameters<typeof put>) => {
    const { name, message } = await refusalOf(put(...given));
    expect(name).to.match(/^InvalidParameterValue/);
    return message;
  };

  it("is accepted as the load of a group in the caller's account", async () => {
    await put();
    const cloudWatch = new CloudWatch(emulator.clientConfig(owner));
    const { Datapoints } = await cloudWatch.getMetricStatistics({
      Namespace: "AWS/EC2",
      MetricName: "CPUUtilization",
      Dimensions: [{ Name: "AutoScalingGroupName", Value: "web" }],
      StartTime: new Date(Date.now() - 60_000),
      EndTime: new Date(Date.now() + 60_000),
      Period: 60,
      Statistics: ["Average"],
    });
    expect(Datapoints?.map(({ Average }) => Average)).to.deep.equal([95]);
  });

  it("is refused for a group that does not exist, by its name", async () => {
    const missing = { Dimensions: [{ Name: "AutoScalingGroupName", Value: "wbe" }] };
    expect(await refusal(missing)).to.equal(
      "The value wbe for dimension AutoScalingGroupName is invalid. " +
        `Account ${owner} has no such Auto Scaling group in us-east-1.`,
    );
  });

  it("is refused with the key of another account and in another region, with the right ones in the message", async () => {
    const right = `; account ${owner} has it in us-east-1. The access key is the account.`;
    expect(await refusal({}, { accountId: foreign })).to.equal(
      "The value web for dimension AutoScalingGroupName is invalid. " +
        `Account ${foreign} has no such Auto Scaling group in us-east-1${right}`,
    );
    expect(await refusal({}, { region: "eu-central-1" })).to.contain(`in eu-central-1${right}`);
    expect(await refusal({}, { accountId: "AKIAIOSFODNN7EXAMPLE" })).to.contain(right);
  });

  it("is refused with AWS's message for every other metric, and nothing of the call is kept", async () => {
    const invalid = "The value AWS/ for parameter Namespace is invalid.";
    expect(await refusal({}, { namespace: "AWS/RDS" })).to.equal(invalid);
    expect(await refusal({ MetricName: "NetworkIn" })).to.equal(invalid);
    expect(await refusal({ Dimensions: [{ Name: "InstanceId", Value: "i-0123456789abcdef0" }] })).to.equal(
      `${invalid} To create load in this emulator, put CPUUtilization with one dimension, AutoScalingGroupName.`,
    );
    expect(await refusal({ Dimensions: [] })).to.contain(invalid);
    const { Metrics } = await new CloudWatch(emulator.clientConfig(owner)).listMetrics({
      Namespace: "AWS/RDS",
    });
    expect(Metrics).to.be.empty;
  });

  it("is refused when it is not a percentage", async () => {
    expect(await refusal({ Value: 950 })).to.contain("The value 950 for parameter MetricData.member.1.Value");
    expect(await refusal({ Value: -1 })).to.contain("CPUUtilization is from 0 to 100");
    expect(await refusal({ Unit: "Count" })).to.contain("CPUUtilization is in Percent");
  });

  it("is accepted in a namespace of the user's own", async () => {
    await put({ MetricName: "Orders", Value: 950, Unit: "Count", Dimensions: [] }, { namespace: "Shop" });
  });
});
