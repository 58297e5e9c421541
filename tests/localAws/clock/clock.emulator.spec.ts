import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { Scheduler } from "@aws-sdk/client-scheduler";
import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { eventually } from "../../support/eventually";
import { soon } from "../../support/soon";
import { clientsOf, groupOf, makeGroup, makeQueue, present } from "../emulator/fleet";

describe("the clock", () => {
  const emulator = useEmulator({ clock: true });

  function newAccount() {
    const accountId = emulator.newAccountId();
    const config = emulator.clientConfig(accountId);
    return {
      accountId,
      ...clientsOf(config),
      scheduler: new Scheduler(config),
      cloudWatch: new CloudWatch(config),
    };
  }

  const role = "arn:aws:iam::222233334444:role/scheduler";

  it("calls a schedule's target with its input, with the call's values in the context attributes", async () => {
    const account = newAccount();
    const queue = await makeQueue(account, "calls", account.accountId);
    await account.scheduler.createSchedule({
      Name: "often",
      ScheduleExpression: "rate(1 hour)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: { Arn: queue.arn, RoleArn: role, Input: '{"planned":"<aws.scheduler.scheduled-time>"}' },
    });
    const { CreationDate } = await account.scheduler.getSchedule({ Name: "often" });
    const [message] = await eventually("a call", async () => someOf(await queue.take()));
    const planned = present(CreationDate)
      .toISOString()
      .replace(/\.\d+Z/, "Z");
    expect(JSON.parse(present(message?.Body))).to.deep.equal({ planned });
  });

  it("calls once at a local time of the schedule's zone, and then deletes the schedule with ActionAfterCompletion", async () => {
    const account = newAccount();
    const queue = await makeQueue(account, "calls", account.accountId);
    const planned = await soon(() => account.scheduler.listSchedules({}));
    // A schedule has whole seconds.
    const inSeoul = new Date(planned.getTime() + 1_000 + 9 * 3_600_000).toISOString().slice(0, 19);
    await account.scheduler.createSchedule({
      Name: "once",
      ScheduleExpression: `at(${inSeoul})`,
      ScheduleExpressionTimezone: "Asia/Seoul",
      ActionAfterCompletion: "DELETE",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: { Arn: queue.arn, RoleArn: role },
    });
    const [message] = await eventually("the call", async () => someOf(await queue.take()));
    const event: unknown = JSON.parse(present(message?.Body));
    expect(event).to.include({ source: "aws.scheduler", account: account.accountId });
    await eventually("no schedule", async () => {
      const { Schedules } = await account.scheduler.listSchedules({});
      return Schedules?.length === 0 ? true : undefined;
    });
    expect(await queue.take()).to.be.empty;
  });

  it("calls AWS's APIs for a universal target", async () => {
    const account = newAccount();
    await makeGroup(account, { min: 1, desired: 1, max: 2 });
    await account.scheduler.createSchedule({
      Name: "pause",
      ScheduleExpression: "rate(1 hour)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: {
        Arn: "arn:aws:scheduler:::aws-sdk:autoscaling:updateAutoScalingGroup",
        RoleArn: role,
        Input: JSON.stringify({ AutoScalingGroupName: "web", MinSize: 0, MaxSize: 0, DesiredCapacity: 0 }),
      },
    });
    const group = await eventually("a group of no servers", async () => {
      const present = await groupOf(account);
      return present.MaxSize === 0 ? present : undefined;
    });
    expect(group).to.include({ MinSize: 0, MaxSize: 0, DesiredCapacity: 0 });
  });

  it("sends a call with a wrong input to the dead-letter queue at once", async () => {
    const account = newAccount();
    const queue = await makeQueue(account, "dead", account.accountId);
    await account.scheduler.createSchedule({
      Name: "stop",
      ScheduleExpression: "rate(1 hour)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: {
        Arn: "arn:aws:scheduler:::aws-sdk:rds:stopDBInstance",
        RoleArn: role,
        // The spelling of RDS's own API, which EventBridge Scheduler does not take.
        Input: '{"DBInstanceIdentifier":"site"}',
        DeadLetterConfig: { Arn: queue.arn },
      },
    });
    const [message] = await eventually("a dead letter", async () => someOf(await queue.take()));
    expect(message?.MessageAttributes?.["ERROR_MESSAGE"]?.StringValue).to.include("DbInstanceIdentifier");
    expect(message?.MessageAttributes?.["RETRY_ATTEMPTS"]?.StringValue).to.equal("0");
  });

  it("sends an undeliverable call to the dead-letter queue, with the reason", async () => {
    const account = newAccount();
    const queue = await makeQueue(account, "dead", account.accountId);
    const missing = `arn:aws:lambda:us-east-1:${account.accountId}:function:missing`;
    await account.scheduler.createSchedule({
      Name: "broken",
      ScheduleExpression: "rate(1 hour)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: {
        Arn: missing,
        RoleArn: role,
        Input: '{"action":"launch"}',
        DeadLetterConfig: { Arn: queue.arn },
        RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 },
      },
    });
    const [message] = await eventually("a dead letter", async () => someOf(await queue.take()));
    expect(message?.Body).to.equal('{"action":"launch"}');
    const attributes = present(message?.MessageAttributes);
    expect(attributes["TARGET_ARN"]?.StringValue).to.equal(missing);
    expect(attributes["ERROR_CODE"]?.StringValue).to.equal("ResourceNotFoundException");
  });

  it("runs a scheduled action at its start time", async () => {
    const account = newAccount();
    await makeGroup(account, { min: 0, desired: 0, max: 4 });
    await account.autoScaling.putScheduledUpdateGroupAction({
      AutoScalingGroupName: "web",
      ScheduledActionName: "opening",
      StartTime: await soon(() => groupOf(account)),
      MinSize: 2,
      MaxSize: 3,
      DesiredCapacity: 2,
    });
    const group = await eventually("two instances", async () => {
      const present = await groupOf(account);
      return present.Instances?.length === 2 ? present : undefined;
    });
    expect(group).to.include({ MinSize: 2, MaxSize: 3, DesiredCapacity: 2 });
  });

  it("follows the group's CPU target, up and down again", async () => {
    const account = newAccount();
    await makeGroup(account, { min: 1, desired: 1, max: 4 });
    await account.autoScaling.putScalingPolicy({
      AutoScalingGroupName: "web",
      PolicyName: "cpu",
      PolicyType: "TargetTrackingScaling",
      EstimatedInstanceWarmup: 1,
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" },
        TargetValue: 40,
      },
    });
    const sizedAt = (cpu: number, servers: number) =>
      eventually(`${servers} servers at ${cpu} % CPU`, async () => {
        await account.cloudWatch.putMetricData({
          Namespace: "AWS/EC2",
          MetricData: [
            {
              MetricName: "CPUUtilization",
              Dimensions: [{ Name: "AutoScalingGroupName", Value: "web" }],
              Value: cpu,
            },
          ],
        });
        const { Instances } = await groupOf(account);
        return Instances?.length === servers ? true : undefined;
      });
    await sizedAt(100, 4);
    await sizedAt(2, 1);
  });
});

function someOf<T>(messages: readonly T[]): readonly T[] | undefined {
  return messages.length === 0 ? undefined : messages;
}
