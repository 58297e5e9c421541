import { Lambda } from "@aws-sdk/client-lambda";
import { Scheduler } from "@aws-sdk/client-scheduler";
import { expect } from "chai";
import { strToU8, zipSync } from "fflate";

import { useEmulator } from "../../support/emulator";
import { eventually } from "../../support/eventually";
import { soon } from "../../support/soon";
import { clientsOf, groupOf, makeGroup, makeQueue, present } from "../emulator/fleet";

const handler = `
exports.handler = async (event) => {
  if (event.fails) throw new Error("no capacity in us-east-1a");
  return { outcome: "launched", serverIds: ["i-1"] };
};`;

describe("firings of the clock", () => {
  const emulator = useEmulator({ clock: true });

  function newAccount() {
    const accountId = emulator.newAccountId();
    const config = emulator.clientConfig(accountId);
    const clients = { ...clientsOf(config), lambda: new Lambda(config), scheduler: new Scheduler(config) };
    const firings = () => emulator.api.firings(accountId);
    return {
      ...clients,
      accountId,
      firings,
      ended: () =>
        eventually("a firing that ended", async () =>
          (await firings()).find(({ outcome }) => outcome !== "pending"),
        ),
      /** Creates a schedule that calls the target once, at once. */
      schedule: (Arn: string, input: object) =>
        clients.scheduler.createSchedule({
          Name: "launch",
          ScheduleExpression: "rate(1 hour)",
          FlexibleTimeWindow: { Mode: "OFF" },
          Target: {
            Arn,
            RoleArn: `arn:aws:iam::${accountId}:role/scheduler`,
            Input: JSON.stringify(input),
            RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
          },
        }),
      newFunction: async () => {
        const { Role } = await clients.iam.createRole({
          RoleName: "function",
          AssumeRolePolicyDocument: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
            ],
          }),
        });
        const { FunctionArn } = await clients.lambda.createFunction({
          FunctionName: "launcher",
          Runtime: "nodejs22.x",
          Handler: "index.handler",
          Role: Role?.Arn,
          Timeout: 30,
          Code: { ZipFile: zipSync({ "index.js": strToU8(handler) }) },
        });
        await clients.lambda.putFunctionEventInvokeConfig({
          FunctionName: "launcher",
          MaximumRetryAttempts: 0,
        });
        return present(FunctionArn);
      },
    };
  }

  it("contain the result of the function that a schedule called", async () => {
    const account = newAccount();
    const target = await account.newFunction();
    await account.schedule(target, {});
    const firing = await account.ended();
    expect(firing).to.deep.include({
      kind: "schedule",
      name: "launch",
      region: "us-east-1",
      target,
      outcome: "succeeded",
      result: { outcome: "launched", serverIds: ["i-1"] },
    });
    expect(Date.parse(firing.at)).to.be.closeTo(Date.now(), 60_000);
  });

  it("contain the error of a failed function", async () => {
    const account = newAccount();
    await account.schedule(await account.newFunction(), { fails: true });
    const firing = await account.ended();
    expect(firing.outcome).to.equal("failed");
    expect(firing.result).to.include({ errorMessage: "no capacity in us-east-1a" });
  });

  it("contain the reason when a target could not be called", async () => {
    const account = newAccount();
    await account.schedule(`arn:aws:lambda:us-east-1:${account.accountId}:function:missing`, {});
    expect(await account.ended())
      .to.include({ kind: "schedule", outcome: "failed" })
      .and.has.property("error");
  });

  it("contain a schedule's message to a queue", async () => {
    const account = newAccount();
    const queue = await makeQueue(account, "calls", account.accountId);
    await account.schedule(queue.arn, {});
    expect(await account.ended()).to.include({ target: queue.arn, outcome: "succeeded" });
  });

  it("contain the sizes before and after a scheduled action, and the activity names the action", async () => {
    const account = newAccount();
    await makeGroup(account, { min: 0, desired: 0, max: 4 });
    await account.autoScaling.putScheduledUpdateGroupAction({
      AutoScalingGroupName: "web",
      ScheduledActionName: "opening",
      StartTime: await soon(() => groupOf(account)),
      MinSize: 1,
      MaxSize: 3,
      DesiredCapacity: 1,
    });
    expect(await account.ended()).to.deep.include({
      kind: "scheduledAction",
      name: "opening",
      group: "web",
      from: { min: 0, max: 4, desired: 0 },
      to: { min: 1, max: 3, desired: 1 },
      outcome: "succeeded",
    });
    expect(await groupOf(account)).to.include({ MinSize: 1, MaxSize: 3, DesiredCapacity: 1 });
    const { Activities } = await account.autoScaling.describeScalingActivities({
      AutoScalingGroupName: "web",
    });
    expect(Activities?.[0]?.Cause?.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "T")).to.equal(
      "At T a scheduled action update of AutoScalingGroup constraints to min: 1, max: 3, desired: 1 " +
        "changing the desired capacity from 0 to 1.  " +
        "At T an instance was started in response to a difference between desired and actual capacity, " +
        "increasing the capacity from 0 to 1.",
    );
  });

  it("contain the reason when Auto Scaling refused a scheduled action, which changed nothing", async () => {
    const account = newAccount();
    await makeGroup(account, { min: 0, desired: 0, max: 2 });
    await account.autoScaling.putScheduledUpdateGroupAction({
      AutoScalingGroupName: "web",
      ScheduledActionName: "too-many",
      StartTime: await soon(() => groupOf(account)),
      DesiredCapacity: 3,
    });
    const firing = await account.ended();
    expect(firing).to.include({ name: "too-many", outcome: "failed" });
    expect(firing.error).to.contain("Desired capacity:3 must be between");
    expect(await groupOf(account)).to.include({ MinSize: 0, MaxSize: 2, DesiredCapacity: 0 });
  });

  it("are deleted when the account is reset", async () => {
    const account = newAccount();
    const queue = await makeQueue(account, "calls", account.accountId);
    await account.schedule(queue.arn, {});
    await account.ended();
    await emulator.api.reset(account.accountId);
    expect(await account.firings()).to.be.empty;
  });
});
