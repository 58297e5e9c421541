import { expect } from "chai";

import type { Properties } from "../../../../localAws/providers/aws/resourceType";
import { schedule } from "../../../../localAws/providers/aws/scheduler/schedule";
import { scheduleGroup } from "../../../../localAws/providers/aws/scheduler/scheduleGroup";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, problemsOf } from "./life";

const target = {
  arn: "arn:aws:lambda:us-east-1:123456789012:function:launcher",
  deadLetterConfig: { arn: "arn:aws:sqs:us-east-1:123456789012:failures" },
  input: JSON.stringify({ action: "launch", plannedTime: "<aws.scheduler.scheduled-time>" }),
  retryPolicy: { maximumEventAgeInSeconds: 900, maximumRetryAttempts: 3 },
  roleArn: "arn:aws:iam::123456789012:role/scheduler",
};

const inputs = {
  flexibleTimeWindow: { mode: "OFF" },
  scheduleExpression: "cron(0 9 ? * MON-FRI *)",
  scheduleExpressionTimezone: "Asia/Seoul",
  target,
};

describe("Scheduler types on the emulator", () => {
  const account = emulatedAccount();

  it("manage a schedule group", async () => {
    const { aws } = account;
    const made = await make(aws, scheduleGroup, { tags: { Name: "launcher" } });
    await expectInStep(aws, made);
    const changed = await change(aws, made, { tags: { Team: "web" } });
    await expectInStep(aws, changed);
    await end(aws, changed);
  });

  it("manage a schedule in its group", async () => {
    const { aws } = account;
    const group = await make(aws, scheduleGroup, { name: "launches" });
    const made = await make(aws, schedule, { ...inputs, groupName: group.id });
    expect(made.id).to.match(/^launches\/thing-[0-9a-f]{7}$/);
    await expectInStep(aws, made);

    const changed = await change(aws, made, {
      actionAfterCompletion: "DELETE",
      description: "every five minutes",
      flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 15 },
      groupName: group.id,
      scheduleExpression: "rate(5 minutes)",
      startDate: "2027-01-01T00:00:00Z",
      state: "DISABLED",
      target: { arn: target.arn, roleArn: target.roleArn },
    });
    await expectInStep(aws, changed);
    expect(preview(changed, { ...changed.inputs, groupName: "default" }).replaced).to.deep.equal([
      "groupName",
    ]);

    await (
      await aws.scheduler()
    ).updateSchedule({
      FlexibleTimeWindow: { Mode: "OFF" },
      GroupName: group.id,
      Name: made.id.split("/")[1],
      ScheduleExpression: "rate(1 day)",
      Target: { Arn: target.arn, RoleArn: "arn:aws:iam::123456789012:role/other" },
    });
    expect(await driftOf(aws, changed)).to.include.members(["scheduleExpression", "target"]);
    await end(aws, changed);
  });

  it("refuse everything that Scheduler refuses, all at once", () => {
    const refused = (more: Properties) =>
      problemsOf(schedule, { ...inputs, ...more }).map(({ property }) => property);
    expect(refused({})).to.deep.equal([]);
    expect(refused({ scheduleExpression: "cron(0 9 * * MON *)" })).to.deep.equal(["scheduleExpression"]);
    expect(refused({ scheduleExpressionTimezone: "Asia/Soul", state: "ON", endDate: "soon" })).to.deep.equal([
      "scheduleExpressionTimezone",
      "state",
      "endDate",
    ]);
    expect(refused({ flexibleTimeWindow: { mode: "FLEXIBLE" } })).to.deep.equal([
      "flexibleTimeWindow.maximumWindowInMinutes",
    ]);
    expect(
      refused({
        target: { ...target, retryPolicy: { maximumEventAgeInSeconds: 5, maximumRetryAttempts: 186 } },
      }),
    ).to.deep.equal([
      "target.retryPolicy.maximumEventAgeInSeconds",
      "target.retryPolicy.maximumRetryAttempts",
    ]);
    expect(refused({ target: { ...target, sqsParameters: {} } })).to.deep.equal(["target.sqsParameters"]);
  });
});
