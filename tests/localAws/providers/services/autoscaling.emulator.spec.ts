import { expect } from "chai";
import { setTimeout } from "node:timers/promises";

import { group } from "../../../../localAws/providers/aws/autoscaling/group";
import { notification } from "../../../../localAws/providers/aws/autoscaling/notification";
import { policy } from "../../../../localAws/providers/aws/autoscaling/policy";
import { schedule } from "../../../../localAws/providers/aws/autoscaling/schedule";
import { UnfinishedError } from "../../../../localAws/providers/aws/core/lifecycle";
import { targetGroup } from "../../../../localAws/providers/aws/elasticloadbalancing/targetGroup";
import type { Properties } from "../../../../localAws/providers/aws/resourceType";
import { rejectionOf } from "../../../support/rejection";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, problemsOf, refresh, type Kept } from "./life";
import { defaultSubnets, defaultVpc, launchTemplate } from "./network";

describe("Auto Scaling types on the emulator", () => {
  const account = emulatedAccount();
  let template: string;
  let targets: Kept;
  let fleet: Kept;
  let inputs: Properties;

  before(async () => {
    const { aws } = account;
    template = await launchTemplate(aws, "servers");
    targets = await make(aws, targetGroup, { port: 80, protocol: "HTTP", vpcId: await defaultVpc(aws) });
    const [first, second] = await defaultSubnets(aws);
    inputs = {
      defaultCooldown: 10,
      defaultInstanceWarmup: 10,
      desiredCapacity: 2,
      enabledMetrics: ["GroupDesiredCapacity", "GroupInServiceInstances"],
      healthCheckGracePeriod: 10,
      healthCheckType: "ELB",
      instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 50 } },
      launchTemplate: { id: template, version: "1" },
      maxSize: 3,
      minSize: 1,
      name: "fleet",
      protectFromScaleIn: true,
      tags: [{ key: "Name", value: "server", propagateAtLaunch: true }],
      targetGroupArns: [targets.id],
      vpcZoneIdentifiers: [first, second],
    };
    fleet = await make(aws, group, inputs);
  });

  it("create a group with its servers in service", async () => {
    const { aws } = account;
    await expectInStep(aws, fleet);
    const { AutoScalingGroups } = await (
      await aws.autoScaling()
    ).describeAutoScalingGroups({ AutoScalingGroupNames: ["fleet"] });
    expect(AutoScalingGroups?.[0]?.Instances).to.have.length(2);
  });

  it("change a group in place", async () => {
    const { aws } = account;
    const [first, , third] = await defaultSubnets(aws);
    fleet = await change(aws, fleet, {
      ...inputs,
      defaultCooldown: 300,
      desiredCapacity: 3,
      enabledMetrics: ["GroupInServiceInstances", "GroupTotalInstances"],
      healthCheckType: "EC2",
      suspendedProcesses: ["AZRebalance"],
      tags: [
        { key: "Name", value: "web", propagateAtLaunch: true },
        { key: "Team", value: "a", propagateAtLaunch: false },
      ],
      targetGroupArns: [],
      vpcZoneIdentifiers: [first, third],
    });
    await expectInStep(aws, fleet);
    fleet = await change(aws, fleet, inputs);
    await expectInStep(aws, fleet);
  });

  it("replace its servers when the template changes", async () => {
    const { aws } = account;
    await (
      await aws.ec2()
    ).createLaunchTemplateVersion({
      LaunchTemplateId: template,
      SourceVersion: "1",
      LaunchTemplateData: { InstanceType: "t3.small" },
    });
    inputs = { ...inputs, launchTemplate: { id: template, version: "2" } };
    fleet = await change(aws, fleet, inputs);
    await expectInStep(aws, fleet);
    const { InstanceRefreshes } = await (
      await aws.autoScaling()
    ).describeInstanceRefreshes({ AutoScalingGroupName: "fleet" });
    expect(InstanceRefreshes).to.have.length(1);
    expect(InstanceRefreshes?.[0]?.Preferences?.MinHealthyPercentage).to.equal(50);
  });

  it("start no refresh for any other change, unless it is a trigger", async () => {
    const { aws } = account;
    const autoScaling = await aws.autoScaling();
    const count = async () =>
      (await autoScaling.describeInstanceRefreshes({ AutoScalingGroupName: "fleet" })).InstanceRefreshes
        ?.length;
    fleet = await change(aws, fleet, { ...inputs, defaultCooldown: 20 });
    expect(await count()).to.equal(1);
    inputs = {
      ...inputs,
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { autoRollback: true, instanceWarmup: "30" },
        triggers: ["tag"],
      },
      tags: [{ key: "Name", value: "again", propagateAtLaunch: true }],
    };
    fleet = await change(aws, fleet, inputs);
    expect(await count()).to.equal(2);
    await expectInStep(aws, fleet);
  });

  it("start another refresh, even if the last one ends just before its cancellation", async () => {
    const { aws } = account;
    const autoScaling = await aws.autoScaling();
    const latest = async () => {
      const answer = await autoScaling.describeInstanceRefreshes({ AutoScalingGroupName: "fleet" });
      return answer.InstanceRefreshes?.[0];
    };
    // A refresh with a desired configuration changes the group when it succeeds.
    while ((await latest())?.Status === "InProgress") await setTimeout(20);
    autoScaling.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === "CancelInstanceRefreshCommand") {
            while ((await latest())?.Status === "InProgress") await setTimeout(20);
          }
          return await next(args);
        },
      { step: "initialize", name: "endsMeanwhile" },
    );
    const preferences = { scaleInProtectedInstances: "Refresh" };
    const version = async (number: string) => {
      fleet = await change(aws, fleet, {
        ...inputs,
        instanceRefresh: { strategy: "Rolling", preferences },
        launchTemplate: { id: template, version: number },
      });
      return (await latest())?.InstanceRefreshId;
    };
    const first = await version("1");
    const second = await version("2");
    autoScaling.middlewareStack.remove("endsMeanwhile");
    expect(second).not.to.equal(first);
    fleet = await change(aws, fleet, inputs);
    await expectInStep(aws, fleet);
  });

  it("detect changes outside of Pulumi", async () => {
    const { aws } = account;
    const autoScaling = await aws.autoScaling();
    await autoScaling.setDesiredCapacity({ AutoScalingGroupName: "fleet", DesiredCapacity: 3 });
    await autoScaling.deleteTags({
      Tags: [{ ResourceId: "fleet", ResourceType: "auto-scaling-group", Key: "Name" }],
    });
    expect(await driftOf(aws, fleet)).to.deep.equal(["desiredCapacity", "tags"]);
    fleet = await change(aws, (await refresh(aws, fleet)) ?? fleet, inputs);
    await expectInStep(aws, fleet);
  });

  it("keep the size that scaling has set", async () => {
    const { aws } = account;
    const autoScaling = await aws.autoScaling();
    await autoScaling.setDesiredCapacity({ AutoScalingGroupName: "fleet", DesiredCapacity: 3 });
    fleet = await change(aws, fleet, { ...inputs, defaultCooldown: 30 }, ["desiredCapacity"]);
    const { AutoScalingGroups } = await autoScaling.describeAutoScalingGroups({
      AutoScalingGroupNames: ["fleet"],
    });
    expect(AutoScalingGroups?.[0]?.DesiredCapacity).to.equal(3);
    fleet = await change(aws, fleet, inputs);
    await expectInStep(aws, fleet);
  });

  it("remove settings", async () => {
    const { aws } = account;
    const { defaultInstanceWarmup: warmup, ...without } = inputs;
    expect(warmup).to.equal(10);
    fleet = await change(aws, fleet, { ...without, maxInstanceLifetime: 604_800 });
    await expectInStep(aws, fleet);
    fleet = await change(aws, fleet, inputs);
    await expectInStep(aws, fleet);
  });

  it("manage a target tracking policy", async () => {
    const { aws } = account;
    const cpu = (targetValue: number, disableScaleIn: boolean) => ({
      autoscalingGroupName: "fleet",
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        disableScaleIn,
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
        targetValue,
      },
    });
    const made = await make(aws, policy, { ...cpu(80, false), estimatedInstanceWarmup: 10 });
    await expectInStep(aws, made);
    const changed = await change(aws, made, { ...cpu(50, true), estimatedInstanceWarmup: 60 });
    await expectInStep(aws, changed);

    await (
      await aws.autoScaling()
    ).putScalingPolicy({
      AutoScalingGroupName: "fleet",
      PolicyName: made.id,
      PolicyType: "TargetTrackingScaling",
      TargetTrackingConfiguration: {
        TargetValue: 20,
        PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" },
      },
    });
    expect(await driftOf(aws, changed)).to.include("targetTrackingConfiguration");
    await end(aws, changed);
  });

  it("manage a schedule", async () => {
    const { aws } = account;
    const named = { autoscalingGroupName: "fleet", scheduledActionName: "tickets" };
    const made = await make(aws, schedule, {
      ...named,
      desiredCapacity: 3,
      maxSize: 6,
      minSize: 2,
      recurrence: "0 8 * * MON-FRI",
      timeZone: "Asia/Seoul",
    });
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      ...named,
      desiredCapacity: -1,
      maxSize: 4,
      minSize: 0,
      recurrence: "30 20 * * *",
      timeZone: "Europe/Berlin",
    });
    await expectInStep(aws, changed);
    const autoScaling = await aws.autoScaling();
    const { ScheduledUpdateGroupActions } = await autoScaling.describeScheduledActions({
      AutoScalingGroupName: "fleet",
    });
    expect(ScheduledUpdateGroupActions?.[0]?.DesiredCapacity, "a number to leave alone").to.equal(undefined);

    await autoScaling.putScheduledUpdateGroupAction({
      AutoScalingGroupName: "fleet",
      ScheduledActionName: "tickets",
      MaxSize: 9,
      MinSize: 0,
      Recurrence: "30 20 * * *",
      TimeZone: "Europe/Berlin",
    });
    expect(await driftOf(aws, changed)).to.deep.equal(["maxSize"]);
    await end(aws, changed);
  });

  it("manage notifications", async () => {
    const { aws } = account;
    const { TopicArn = "" } = await (await aws.sns()).createTopic({ Name: "fleet-events" });
    const launched = "autoscaling:EC2_INSTANCE_LAUNCH";
    const ended = "autoscaling:EC2_INSTANCE_TERMINATE";
    const made = await make(aws, notification, {
      groupNames: ["fleet"],
      notifications: [launched],
      topicArn: TopicArn,
    });
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      groupNames: ["fleet"],
      notifications: [ended, launched],
      topicArn: TopicArn,
    });
    await expectInStep(aws, changed);

    await (
      await aws.autoScaling()
    ).putNotificationConfiguration({
      AutoScalingGroupName: "fleet",
      TopicARN: TopicArn,
      NotificationTypes: [launched],
    });
    expect(await driftOf(aws, changed)).to.deep.equal(["notifications"]);
    await end(aws, changed);
  });

  it("terminate the servers first, including those with scale-in protection", async () => {
    const { aws } = account;
    await end(aws, fleet);
    const { Reservations = [] } = await (
      await aws.ec2()
    ).describeInstances({
      Filters: [{ Name: "instance-state-name", Values: ["pending", "running"] }],
    });
    expect(Reservations).to.deep.equal([]);
  });

  it("report why a group does not get its servers", async () => {
    const { aws } = account;
    const bad = await launchTemplate(aws, "bad", "ami-00000000000000000");
    const failed = await rejectionOf(
      make(aws, group, {
        ...inputs,
        launchTemplate: { id: bad, version: "1" },
        name: "never",
        waitForCapacityTimeout: "1s",
      }),
    );
    expect(failed).to.contain("ami-00000000000000000");
  });

  it("report the missing healthy servers at the time limit", async () => {
    const { aws } = account;
    const failed: unknown = await make(aws, group, {
      ...inputs,
      name: "unhealthy",
      waitForCapacityTimeout: "100ms",
      waitForElbCapacity: 5,
    }).catch((error: unknown) => error);
    // The engine keeps the created group, so that the next run continues.
    if (!(failed instanceof UnfinishedError)) throw new Error(`not unfinished: ${String(failed)}`);
    expect(failed.resource.id).to.equal("unhealthy");
    expect(String(failed.cause)).to.match(/\d of 5 targets healthy in arn:/);
  });

  it("do not check a desired capacity out of bounds, which Auto Scaling refuses", async () => {
    const failure = await rejectionOf(
      make(account.aws, group, { ...inputs, name: "out-of-bounds", desiredCapacity: 9 }),
    );
    expect(failure).to.match(/[Dd]esired capacity/);
  });

  it("refuse everything that Auto Scaling refuses, all at once", () => {
    const named = (problems: readonly { readonly property: string }[]) =>
      problems.map(({ property }) => property);
    const sized = (sizes: Properties) => named(problemsOf(group, { ...inputs, ...sizes }));
    expect(sized({ minSize: 4 })).to.deep.equal(["minSize"]);
    expect(
      sized({ healthCheckType: "HTTP", maxInstanceLifetime: 60, waitForCapacityTimeout: "soon" }),
    ).to.have.members(["healthCheckType", "maxInstanceLifetime", "waitForCapacityTimeout"]);

    const planned = (more: Properties) =>
      named(
        problemsOf(schedule, {
          autoscalingGroupName: "fleet",
          desiredCapacity: 1,
          maxSize: 2,
          minSize: 1,
          scheduledActionName: "plan",
          ...more,
        }),
      );
    expect(planned({})).to.deep.equal(["recurrence"]);
    expect(planned({ recurrence: "0 25 * * *", timeZone: "Asia/Soul" })).to.deep.equal([
      "recurrence",
      "timeZone",
    ]);
    expect(planned({ startTime: "tomorrow", maxSize: 0 })).to.deep.equal(["startTime", "maxSize"]);
    expect(planned({ recurrence: "0 8 * * *", minSize: -1, desiredCapacity: -1, maxSize: -1 })).to.deep.equal(
      ["minSize"],
    );
    expect(
      named(problemsOf(policy, { autoscalingGroupName: "fleet", policyType: "SimpleScaling" })),
    ).to.include("targetTrackingConfiguration");
    expect(preview(fleet, { ...inputs, name: "another" }).replaced).to.deep.equal(["name"]);
  });
});
