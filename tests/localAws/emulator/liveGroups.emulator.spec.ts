import type { InstanceRefreshStatus, RefreshPreferences } from "@aws-sdk/client-auto-scaling";
import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";

import { useEmulator } from "../../support/emulator";
import { eventually } from "../../support/eventually";
import { clientsOf, groupOf, makeGroup, present } from "./fleet";
import { healthy, testRegion, unhealthy } from "./liveRegion";

describe("an Auto Scaling group of an emulator with a live region", () => {
  const emulator = useEmulator();

  const accountIds: string[] = [];
  afterEach(async () => {
    await emulator.api.detach("test");
    // All accounts share the region's memory.
    for (const accountId of accountIds.splice(0)) await emulator.api.reset(accountId);
  });

  /** A group behind a load balancer. */
  async function open(
    size: number,
    { type = "ELB", grace = 0, budgetMiB }: { type?: string; grace?: number; budgetMiB?: number } = {},
  ) {
    const accountId = emulator.newAccountId();
    accountIds.push(accountId);
    const clients = clientsOf(emulator.clientConfig(accountId));
    await emulator.api.attach("test", budgetMiB);
    const { network, targetGroupArn = "" } = await makeGroup(
      clients,
      { min: 0, desired: 0, max: 6 },
      { targetGroup: true },
    );
    const { LoadBalancers } = await clients.elbv2.createLoadBalancer({
      Name: "site",
      Subnets: [...network.subnetIds],
    });
    const LoadBalancerArn = present(LoadBalancers?.[0]?.LoadBalancerArn);
    await clients.elbv2.createListener({
      LoadBalancerArn,
      Port: 80,
      Protocol: "HTTP",
      DefaultActions: [{ Type: "forward", TargetGroupArn: targetGroupArn }],
    });
    await clients.elbv2.modifyTargetGroupAttributes({
      TargetGroupArn: targetGroupArn,
      Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "2" }],
    });
    await clients.autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: "web",
      HealthCheckType: type,
      HealthCheckGracePeriod: grace,
      DesiredCapacity: size,
    });
    const region = testRegion(emulator.api, accountId);
    return {
      ...clients,
      region,
      targetGroupArn,
      LoadBalancerArn,
      members: async () =>
        ((await groupOf(clients)).Instances ?? []).map(({ LifecycleState, HealthStatus }) =>
          [LifecycleState, HealthStatus].join(" "),
        ),
      targets: async () => {
        const { TargetHealthDescriptions = [] } = await clients.elbv2.describeTargetHealth({
          TargetGroupArn: targetGroupArn,
        });
        return TargetHealthDescriptions.map(({ Target, TargetHealth }) => [
          Target?.Id,
          TargetHealth?.State,
          TargetHealth?.Reason,
        ]);
      },
      activities: async () => {
        const { Activities = [] } = await clients.autoScaling.describeScalingActivities({
          AutoScalingGroupName: "web",
        });
        return Activities;
      },
      /** Runs the pending instances. */
      boot: async (count: number) => {
        const ids = (await region.untilInstances("pending", count)).map(({ id }) => id);
        for (const id of ids) await region.reportInstance(id, "running");
        return ids;
      },
    };
  }

  it("has its instances in service, and registers them, when they run", async () => {
    const { region, members, targets, activities } = await open(2);
    expect(await members()).to.deep.equal(["Pending Healthy", "Pending Healthy"]);
    expect(await targets()).to.deep.equal([]);
    expect((await activities())[0]).to.include({ StatusCode: "PreInService" });

    const [first, second] = await region.untilInstances("pending", 2);
    await region.reportInstance(first?.id ?? "", "running");
    expect(await targets()).to.deep.equal([[first?.id, "initial", "Elb.RegistrationInProgress"]]);
    await region.reportInstance(second?.id ?? "", "running");
    expect(await members()).to.deep.equal(["InService Healthy", "InService Healthy"]);
    expect((await activities()).map(({ StatusCode }) => StatusCode)).to.deep.equal([
      "Successful",
      "Successful",
    ]);
  });

  it("starts no other instances while some are pending", async () => {
    const { autoScaling, region } = await open(2);
    await autoScaling.setDesiredCapacity({ AutoScalingGroupName: "web", DesiredCapacity: 3 });
    await region.untilInstances("pending", 3);
  });

  it("answers with the health that the region reports, in AWS's words", async () => {
    const { boot, region, targets, targetGroupArn } = await open(2, { type: "EC2" });
    const [first = "", second = ""] = await boot(2);
    await region.reportHealth(targetGroupArn, { [first]: healthy, [second]: unhealthy });
    expect(await targets()).to.have.deep.members([
      [first, "healthy", undefined],
      [second, "unhealthy", "Target.ResponseCodeMismatch"],
    ]);
  });

  it("replaces a server whose target is unhealthy, only after the grace period, and drains it", async () => {
    const { boot, region, targets, targetGroupArn, activities } = await open(1, { grace: 3 });
    const [first = ""] = await boot(1);
    const began = Date.now();
    await region.reportHealth(targetGroupArn, { [first]: unhealthy });
    const [replacement] = await region.untilInstances("pending", 1);
    expect(Date.now() - began).to.be.at.least(2900);
    expect(await targets()).to.deep.equal([[first, "draining", "Target.DeregistrationInProgress"]]);
    expect(await region.instance(first)).to.include({ state: "running" });

    const [launched, terminated] = await activities();
    expect(terminated?.StatusCode).to.equal("WaitingForELBConnectionDraining");
    expect(terminated?.Cause).to.match(
      /^At \S+Z an instance was taken out of service in response to an ELB system health check failure\.$/,
    );
    expect(launched?.Cause).to.match(
      /^At \S+Z an instance was launched in response to an unhealthy instance needing to be replaced\.$/,
    );

    const [ending] = await region.untilInstances("shutting-down", 1);
    expect(ending?.id).to.equal(first);
    await region.reportInstance(first, "terminated");
    await region.reportInstance(replacement?.id ?? "", "running");
    expect(await targets()).to.deep.equal([[replacement?.id, "initial", "Elb.RegistrationInProgress"]]);
    expect((await activities()).map(({ StatusCode }) => StatusCode)).to.deep.equal([
      "Successful",
      "Successful",
      "Successful",
    ]);
  });

  it("ends the draining of a target early when the region reports that it has no connection", async () => {
    const { autoScaling, elbv2, boot, region, targetGroupArn } = await open(1);
    const [first = ""] = await boot(1);
    await elbv2.modifyTargetGroupAttributes({
      TargetGroupArn: targetGroupArn,
      Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "300" }],
    });
    await autoScaling.setDesiredCapacity({ AutoScalingGroupName: "web", DesiredCapacity: 0 });
    await region.reportHealth(targetGroupArn, {
      [first]: { state: "unused", reason: "Target.NotRegistered", description: null },
    });
    await region.untilInstances("shutting-down", 1);
  });

  it("replaces a server at once that powered itself off, also during the grace period", async () => {
    const { boot, region, activities } = await open(1, { type: "EC2", grace: 600 });
    const [first = ""] = await boot(1);
    await region.reportInstance(first, "stopped", { byItself: true });
    await region.untilInstances("pending", 1);
    await region.reportInstance(first, "terminated");
    expect(
      (await activities()).map(({ Cause = "" }) => Cause.replace(/^At \S+ /, "")).slice(0, 2),
    ).to.deep.equal([
      "an instance was launched in response to an unhealthy instance needing to be replaced.",
      "an instance was taken out of service in response to an EC2 health check indicating it has been " +
        "terminated or stopped.",
    ]);
  });

  for (const verb of ["terminate", "stop"] as const) {
    it(`replaces a server that a user made ${verb}, and counts it once`, async () => {
      const { ec2, boot, region, members, targets } = await open(2);
      const [first = "", second = ""] = await boot(2);
      const InstanceIds = [first];
      await (verb === "stop" ? ec2.stopInstances({ InstanceIds }) : ec2.terminateInstances({ InstanceIds }));
      const [fresh] = await region.untilInstances("pending", 1);
      await region.untilInstances("shutting-down", 1);
      expect(await members()).to.have.members([
        verb === "stop" ? "Terminating Unhealthy" : "Terminating Healthy",
        "InService Healthy",
        "Pending Healthy",
      ]);
      await region.reportInstance(first, "terminated");
      await region.reportInstance(fresh?.id ?? "", "running");
      expect((await targets()).map(([id]) => id)).to.include.members([second, fresh?.id]);
      expect(await members()).to.deep.equal(["InService Healthy", "InService Healthy"]);
    });
  }

  it("ends a pending server that it does not need any more, without a failure", async () => {
    const { autoScaling, region, activities, members } = await open(1);
    const [only] = await region.untilInstances("pending", 1);
    await autoScaling.setDesiredCapacity({ AutoScalingGroupName: "web", DesiredCapacity: 0 });
    await region.untilInstances("shutting-down", 1);
    expect((await activities()).map(({ StatusCode }) => StatusCode)).to.deep.equal([
      "InProgress",
      "Cancelled",
    ]);
    await region.reportInstance(only?.id ?? "", "running");
    expect(await members()).to.deep.equal(["Terminating Healthy"]);
    await region.reportInstance(only?.id ?? "", "terminated");
    expect(await members()).to.deep.equal([]);
  });

  it("replaces a server whose status checks fail", async () => {
    const { boot, region, activities } = await open(1, { type: "EC2" });
    const [first = ""] = await boot(1);
    await region.report({ ...region.at, kind: "checks", id: first, status: "impaired" });
    await region.untilInstances("pending", 1);
    expect((await activities())[1]?.Cause).to.include(
      "in response to an EC2 instance status checks failure.",
    );
  });

  it("replaces an unhealthy server with scale-in protection, and none while a process is suspended", async () => {
    const { autoScaling, boot, region, targetGroupArn, members } = await open(1);
    const [first = ""] = await boot(1);
    await autoScaling.setInstanceProtection({
      AutoScalingGroupName: "web",
      InstanceIds: [first],
      ProtectedFromScaleIn: true,
    });
    const suspended = { AutoScalingGroupName: "web", ScalingProcesses: ["ReplaceUnhealthy"] };
    await autoScaling.suspendProcesses(suspended);
    await region.reportHealth(targetGroupArn, { [first]: unhealthy });
    await eventually("the mark", async () =>
      (await members())[0] === "InService Unhealthy" ? true : undefined,
    );
    await autoScaling.resumeProcesses(suspended);
    await region.untilInstances("pending", 1);
  });

  it("records a failed activity for lack of memory, and launches when there is some", async () => {
    const { ec2, region, activities } = await open(2, { budgetMiB: 256 });
    const [only] = await region.untilInstances("pending", 1);
    const [failed] = await activities();
    expect(failed).to.include({ StatusCode: "Failed" });
    expect(failed?.StatusMessage).to.match(
      /^InsufficientInstanceCapacity: We currently do not have sufficient/,
    );
    await region.reportInstance(only?.id ?? "", "running");
    await emulator.api.attach("test", 512);
    await region.untilInstances("pending", 1);
    await ec2.describeInstances();
  });

  describe("with an instance refresh", () => {
    async function outdated(Preferences: RefreshPreferences) {
      const group = await open(2);
      const old = await group.boot(2);
      const { autoScaling, ec2, region, targetGroupArn } = group;
      await region.reportHealth(targetGroupArn, Object.fromEntries(old.map((id) => [id, healthy])));
      const { AutoScalingGroups } = await autoScaling.describeAutoScalingGroups({});
      const LaunchTemplateId = present(AutoScalingGroups?.[0]?.LaunchTemplate?.LaunchTemplateId);
      const LaunchTemplate = (Version: string) => ({ LaunchTemplate: { LaunchTemplateId, Version } });
      await autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: "web", ...LaunchTemplate("1") });
      await ec2.createLaunchTemplateVersion({
        LaunchTemplateId,
        SourceVersion: "1",
        LaunchTemplateData: { InstanceType: "t3.small" },
      });
      await autoScaling.startInstanceRefresh({
        AutoScalingGroupName: "web",
        DesiredConfiguration: LaunchTemplate("2"),
        Preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 110, ...Preferences },
      });
      const refresh = async () => {
        const answer = await autoScaling.describeInstanceRefreshes({ AutoScalingGroupName: "web" });
        return present(answer.InstanceRefreshes?.[0]);
      };
      return {
        ...group,
        old,
        refresh,
        until: (status: InstanceRefreshStatus) =>
          eventually(`a refresh that is ${status}`, async () => {
            const found = await refresh();
            return found.Status === status ? found : undefined;
          }),
      };
    }

    it("terminates an old server only when its new one is healthy and has warmed up", async () => {
      const { boot, old, refresh, region, targetGroupArn, until } = await outdated({ InstanceWarmup: 2 });
      for (const number of [1, 2]) {
        const [fresh = ""] = await boot(1);
        expect(await region.instance(fresh)).to.include({ type: "t3.small" });
        await sleep(2500);
        expect((await refresh()).StatusReason).to.include(`${fresh} is warming up`);
        await region.untilInstances("running", 3);
        await region.reportHealth(targetGroupArn, { [fresh]: healthy });
        const leaving = (await region.untilInstances("shutting-down", 1)).map(({ id }) => id);
        expect(old).to.include.members(leaving);
        expect(await refresh()).to.include({ InstancesToUpdate: 2 - number });
        for (const id of leaving) await region.reportInstance(id, "terminated");
      }
      expect(await until("Successful")).to.include({ PercentageComplete: 100 });
    });

    it("fails and rolls back when a new server fails its health checks, and keeps the old ones", async () => {
      const { boot, old, region, targetGroupArn, until, members } = await outdated({
        InstanceWarmup: 0,
        AutoRollback: true,
      });
      const [broken = ""] = await boot(1);
      await region.reportHealth(targetGroupArn, { [broken]: unhealthy });
      const refresh = await until("RollbackSuccessful");
      expect(refresh.StatusReason).to.equal(`The new instance ${broken} failed its health checks.`);
      await region.untilInstances("shutting-down", 1);
      await region.reportInstance(broken, "terminated");
      expect(await members()).to.deep.equal(["InService Healthy", "InService Healthy"]);
      expect((await region.untilInstances("running", 2)).map(({ id }) => id)).to.have.members(old);
    });

    it("rolls servers back that it had replaced", async () => {
      const { boot, region, targetGroupArn, until } = await outdated({
        InstanceWarmup: 0,
        AutoRollback: true,
      });
      const [replaced = ""] = await boot(1);
      await region.reportHealth(targetGroupArn, { [replaced]: healthy });
      const [broken = ""] = await boot(1);
      await region.reportHealth(targetGroupArn, { [broken]: unhealthy });
      await until("RollbackInProgress");
      const [restored = ""] = await boot(1);
      expect(await region.instance(restored)).to.include({ type: "t3.micro" });
      await region.reportHealth(targetGroupArn, { [restored]: healthy });
      await until("RollbackSuccessful");
      const types = (await region.untilInstances("running", 2)).map(({ type }) => type);
      expect(types).to.deep.equal(["t3.micro", "t3.micro"]);
    });
  });

  it("exists until its instances are terminated when it is deleted by force", async () => {
    const { autoScaling, boot, region } = await open(2);
    const ids = await boot(2);
    await autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: "web", ForceDelete: true });
    const groups = async () => (await autoScaling.describeAutoScalingGroups({})).AutoScalingGroups ?? [];
    expect((await groups()).map(({ Status }) => Status)).to.deep.equal(["Delete in progress"]);
    await region.untilInstances("shutting-down", 2);
    for (const id of ids) await region.reportInstance(id, "terminated");
    expect(await groups()).to.deep.equal([]);
  });

  it("is deleted, with its instances, when the region ends", async () => {
    const { autoScaling, boot } = await open(2);
    await boot(2);
    await autoScaling.setDesiredCapacity({ AutoScalingGroupName: "web", DesiredCapacity: 1 });
    await autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: "web", ForceDelete: true });
    await emulator.api.detach("test");
    expect((await autoScaling.describeAutoScalingGroups({})).AutoScalingGroups).to.deep.equal([]);
  });

  it("has a load balancer that is provisioning until the region reports it", async () => {
    const { elbv2, region, LoadBalancerArn } = await open(0);
    const state = async () => {
      const { LoadBalancers } = await elbv2.describeLoadBalancers({ LoadBalancerArns: [LoadBalancerArn] });
      return LoadBalancers?.[0]?.State?.Code;
    };
    expect(await state()).to.equal("provisioning");
    await region.report({ ...region.at, kind: "loadBalancer", arn: LoadBalancerArn, state: "active" });
    expect(await state()).to.equal("active");
  });
});
