import { expect } from "chai";

import { dashboard } from "../../../../localAws/providers/aws/cloudwatch/dashboard";
import { metricAlarm } from "../../../../localAws/providers/aws/cloudwatch/metricAlarm";
import { logGroup } from "../../../../localAws/providers/aws/logs/logGroup";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, problemsOf } from "./life";

describe("CloudWatch types on the emulator", () => {
  const account = emulatedAccount();

  it("manage a log group and its retention", async () => {
    const { aws } = account;
    const made = await make(aws, logGroup, { retentionInDays: 14, tags: { Name: "launcher" } });
    expect(made.state["arn"]).to.match(/:log-group:thing-[0-9a-f]{7}$/);
    await expectInStep(aws, made);
    const changed = await change(aws, made, { retentionInDays: 30, tags: { Team: "web" } });
    await expectInStep(aws, changed);

    const logs = await aws.cloudWatchLogs();
    await logs.deleteRetentionPolicy({ logGroupName: made.id });
    expect(await driftOf(aws, changed)).to.deep.equal(["retentionInDays"]);

    const forEver = await change(aws, changed, { tags: {} });
    await expectInStep(aws, forEver);
    await end(aws, forEver);
  });

  it("distinguish log groups whose names have a common start", async () => {
    const { aws } = account;
    await make(aws, logGroup, { name: "/site/web-old", retentionInDays: 1 });
    const made = await make(aws, logGroup, { name: "/site/web", retentionInDays: 3 });
    await expectInStep(aws, made);
    await end(aws, made);
  });

  it("do not delete a log group with skipDestroy", async () => {
    const { aws } = account;
    const made = await make(aws, logGroup, { name: "/kept", skipDestroy: true });
    await logGroup.delete(aws, made.id, made.state);
    await expectInStep(aws, made);
  });

  it("manage an alarm", async () => {
    const { aws } = account;
    const inputs = {
      alarmActions: ["arn:aws:sns:us-east-1:123456789012:ops"],
      alarmDescription: "no server",
      comparisonOperator: "LessThanThreshold",
      dimensions: { LoadBalancer: "app/a/1", TargetGroup: "targetgroup/b/2" },
      evaluationPeriods: 2,
      metricName: "HealthyHostCount",
      namespace: "AWS/ApplicationELB",
      period: 60,
      statistic: "Maximum",
      tags: { Name: "no-server" },
      threshold: 1,
      treatMissingData: "breaching",
    };
    const made = await make(aws, metricAlarm, inputs);
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      ...inputs,
      actionsEnabled: false,
      okActions: inputs.alarmActions,
      tags: { Name: "none", Team: "web" },
      threshold: 2,
    });
    await expectInStep(aws, changed);
    expect(preview(changed, { ...changed.inputs, name: "other" }).replaced).to.deep.equal(["name"]);

    await (await aws.cloudWatch()).enableAlarmActions({ AlarmNames: [made.id] });
    expect(await driftOf(aws, changed)).to.deep.equal(["actionsEnabled"]);
    await end(aws, changed);
  });

  it("manage a dashboard, whose body is compared by meaning", async () => {
    const { aws } = account;
    const text = (markdown: string) => ({ type: "text", properties: { markdown } });
    const inputs = { dashboardName: "site-1234567", dashboardBody: JSON.stringify({ widgets: [text("a")] }) };
    const made = await make(aws, dashboard, inputs);
    expect(made.state["dashboardArn"]).to.match(/^arn:aws:cloudwatch::\d{12}:dashboard\/site-1234567$/);
    await expectInStep(aws, made);
    expect(
      preview(made, {
        ...inputs,
        dashboardBody: '{ "widgets": [ {"properties":{"markdown":"a"}, "type":"text"} ] }',
      }).changed,
    ).to.be.empty;
    const changed = await change(aws, made, {
      ...inputs,
      dashboardBody: JSON.stringify({ widgets: [text("b")] }),
    });
    await expectInStep(aws, changed);
    expect(preview(changed, { ...changed.inputs, dashboardName: "other" }).replaced).to.deep.equal([
      "dashboardName",
    ]);

    await (await aws.cloudWatch()).putDashboard({ DashboardName: made.id, DashboardBody: '{"widgets":[]}' });
    expect(await driftOf(aws, changed)).to.deep.equal(["dashboardBody"]);
    await end(aws, changed);
    // A dashboard that no longer exists is deleted without an error.
    await dashboard.delete(aws, made.id, changed.state);
  });

  it("refuse everything that CloudWatch refuses, all at once", () => {
    const problems = [
      ...problemsOf(logGroup, { retentionInDays: 13 }),
      ...problemsOf(dashboard, { dashboardName: "site.1", dashboardBody: "{}" }),
      ...problemsOf(metricAlarm, {
        comparisonOperator: "GreaterThan",
        datapointsToAlarm: 3,
        evaluationPeriods: 2,
        metricName: "CPUUtilization",
        namespace: "AWS/EC2",
        period: 45,
        threshold: 1,
        treatMissingData: "bad",
      }),
    ];
    expect(problems.map(({ property }) => property)).to.have.members([
      "retentionInDays",
      "dashboardName",
      "comparisonOperator",
      "datapointsToAlarm",
      "period",
      "statistic",
      "treatMissingData",
    ]);
  });
});
