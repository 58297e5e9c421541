import * as aws from "@pulumi/aws";
import { expect } from "chai";

import { all, only } from "../../support/mocks";
import { optionsOf, runFleet } from "./fleet";

type FleetArgs = Parameters<typeof runFleet>[0];

const groupType = "aws:autoscaling/group:Group";
const sizeType = "golden-image:index:GroupSize";
const scheduleType = "aws:autoscaling/schedule:Schedule";
const policyType = "aws:autoscaling/policy:Policy";

const night = {
  name: "night",
  recurrence: "0 20 * * MON-FRI",
  timeZone: "Asia/Seoul",
  min: 0,
  desired: 0,
  max: 2,
};
const groupOf = async (args?: FleetArgs) => only(await runFleet(args), groupType).inputs;

describe("WordPressFleet's group", () => {
  it("uses the subnets of both zones, the target group and the load balancer's health checks", async () => {
    expect(await groupOf()).to.deep.include({
      vpcZoneIdentifiers: ["subnet-private-a", "subnet-private-b"],
      targetGroupArns: ["arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/site-servers"],
      healthCheckType: "ELB",
      metricsGranularity: "1Minute",
    });
  });

  it("reports all of a group's metrics", async () => {
    expect((await groupOf())["enabledMetrics"])
      .to.be.an("array")
      .with.length(13);
  });

  it("has the grace period and warm-up of the settings", async () => {
    const given = { healthCheckGraceSeconds: 180, instanceWarmupSeconds: 200, defaultCooldownSeconds: 10 };
    expect(await groupOf(given)).to.deep.include({
      healthCheckGracePeriod: 180,
      defaultInstanceWarmup: 200,
      defaultCooldown: 10,
    });
  });

  it("gives servers that bootstrap 15 minutes, and others 5, by default", async () => {
    expect(await groupOf()).to.deep.include({ healthCheckGracePeriod: 300, defaultInstanceWarmup: 300 });
    expect(await groupOf({ image: { source: "bootstrap" } })).to.deep.include({
      healthCheckGracePeriod: 900,
      defaultInstanceWarmup: 900,
    });
  });

  it("waits for the listeners, without which no server is ever healthy", async () => {
    const { dependsOn } = await optionsOf(groupType);
    const needs = Array.isArray(dependsOn) ? dependsOn : expect.fail("not a list");
    expect(needs.filter((need) => aws.lb.Listener.isInstance(need))).to.have.length(1);
  });

  it("uses a numbered version of the template, so that a new one reaches the servers", async () => {
    expect((await groupOf())["launchTemplate"]).to.deep.equal({ id: "site-existing-id", version: "1" });
  });

  it("does not refresh instances or wait by itself: the rollout does", async () => {
    const group = await groupOf();
    expect(group).not.to.have.property("instanceRefresh");
    expect(group["waitForCapacityTimeout"]).to.equal("0");
    expect((await optionsOf(groupType)).ignoreChanges).to.include("launchTemplate");
  });

  it("is followed by a rollout of the template's newest version, and again when its sizes change", async () => {
    const rolloutOf = async (args?: FleetArgs) =>
      only(await runFleet(args), "golden-image:index:FleetRollout").inputs;
    expect(await rolloutOf()).to.deep.include({
      groupName: "site-fleet",
      launchTemplateId: "site-existing-id",
      launchTemplateVersion: "1",
      capacity: "1/1/2",
      patienceMinutes: 20,
    });
    expect(await rolloutOf({ image: { source: "bootstrap" }, paused: true })).to.deep.include({
      capacity: "0/0/0",
      patienceMinutes: 40,
    });
  });

  it("protects new servers from scale-in only when the settings ask for it", async () => {
    expect((await groupOf())["protectFromScaleIn"]).to.equal(false);
    const byHand = { sizing: "manual", targetTracking: undefined, scaleInProtection: true } as const;
    expect((await groupOf(byHand))["protectFromScaleIn"]).to.equal(true);
  });
});

describe("WordPressFleet's four sizes", () => {
  const capacity = { min: 2, desired: 3, max: 4 };

  it("fixed: has a constant size without scaling", async () => {
    const run = await runFleet({
      sizing: "fixed",
      capacity: { min: 2, desired: 2, max: 2 },
      targetTracking: undefined,
    });
    expect(only(run, groupType).inputs).to.deep.include({ minSize: 2, desiredCapacity: 2, maxSize: 2 });
    expect(all(run, scheduleType)).to.deep.equal([]);
    expect(all(run, policyType)).to.deep.equal([]);
  });

  it("manual: starts with the desired size, within bounds", async () => {
    const run = await runFleet({ sizing: "manual", capacity, targetTracking: undefined });
    expect(only(run, groupType).inputs).to.deep.include({ minSize: 2, desiredCapacity: 3, maxSize: 4 });
    expect(all(run, policyType)).to.deep.equal([]);
  });

  it("scheduled: uses the schedule's own time zone", async () => {
    const run = await runFleet({ capacity, schedules: [night], targetTracking: undefined });
    expect(only(run, scheduleType, "site-night").inputs).to.deep.equal({
      autoscalingGroupName: "site-fleet",
      scheduledActionName: "night",
      recurrence: "0 20 * * MON-FRI",
      timeZone: "Asia/Seoul",
      minSize: 0,
      desiredCapacity: 0,
      maxSize: 2,
    });
    expect(all(run, policyType)).to.deep.equal([]);
  });

  for (const scaleIn of [true, false]) {
    it(`target tracking: keeps the CPU use at its target, ${scaleIn ? "and" : "but never"} removes servers`, async () => {
      const run = await runFleet({ capacity, targetTracking: { cpuPercent: 80, scaleIn } });
      expect(only(run, policyType).inputs).to.deep.equal({
        autoscalingGroupName: "site-fleet",
        policyType: "TargetTrackingScaling",
        targetTrackingConfiguration: {
          predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
          targetValue: 80,
          disableScaleIn: !scaleIn,
        },
      });
    });
  }

  it("are set when the settings change, and left to schedules, load and users in between", async () => {
    const sizes = ["minSize", "maxSize", "desiredCapacity"];
    expect((await optionsOf(groupType)).ignoreChanges).to.include.members(sizes);
    expect(only(await runFleet({ capacity }), sizeType).inputs).to.deep.equal({
      groupName: "site-fleet",
      minSize: 2,
      desiredCapacity: 3,
      maxSize: 4,
      enforced: false,
      region: "us-east-1",
    });
  });

  it("are enforced when fixed or paused", async () => {
    const fixed = await runFleet({
      sizing: "fixed",
      capacity: { min: 2, desired: 2, max: 2 },
      targetTracking: undefined,
    });
    expect(only(fixed, sizeType).inputs).to.include({ minSize: 2, desiredCapacity: 2, enforced: true });
    const paused = await runFleet({ capacity, paused: true });
    expect(only(paused, sizeType).inputs).to.include({ minSize: 0, desiredCapacity: 0, enforced: true });
  });

  it("paused: no servers, and no scaling that could start one", async () => {
    const run = await runFleet({ capacity, schedules: [night], paused: true });
    expect(only(run, groupType).inputs).to.deep.include({ minSize: 0, desiredCapacity: 0, maxSize: 0 });
    expect(all(run, scheduleType)).to.deep.equal([]);
    expect(all(run, policyType)).to.deep.equal([]);
  });
});
