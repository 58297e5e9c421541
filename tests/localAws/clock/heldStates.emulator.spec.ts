import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { eventually } from "../../support/eventually";
import { soon } from "../../support/soon";
import { clientsOf, groupOf, makeGroup, present } from "../emulator/fleet";
import { testRegion, unhealthy } from "../emulator/liveRegion";

describe("groups whose servers take time to boot and to end", () => {
  const emulator = useEmulator({ clock: true });

  afterEach(() => emulator.api.detach("test"));

  async function open() {
    const accountId = emulator.newAccountId();
    const clients = clientsOf(emulator.clientConfig(accountId));
    await emulator.api.attach("test");
    const { network, targetGroupArn = "" } = await makeGroup(
      clients,
      { min: 0, desired: 0, max: 4 },
      { targetGroup: true },
    );
    const region = testRegion(emulator.api, accountId);
    return {
      ...clients,
      accountId,
      network,
      targetGroupArn,
      region,
      /** Boots the pending servers, once there are as many. */
      boot: async (count: number) => {
        const ids = (await region.untilInstances("pending", count)).map(({ id }) => id);
        for (const id of ids) await region.reportInstance(id, "running");
        return ids;
      },
      /** @param after the time of an earlier action. @returns the time of this one */
      schedule: async (name: string, desired: number, after = 0) => {
        const StartTime = new Date(Math.max((await soon(() => groupOf(clients))).getTime(), after + 1_000));
        await clients.autoScaling.putScheduledUpdateGroupAction({
          AutoScalingGroupName: "web",
          ScheduledActionName: name,
          StartTime,
          MinSize: 0,
          DesiredCapacity: desired,
        });
        return StartTime.getTime();
      },
      activities: async () => {
        const { Activities = [] } = await clients.autoScaling.describeScalingActivities({
          AutoScalingGroupName: "web",
        });
        return Activities;
      },
    };
  }

  it("start servers by a scheduled action, which are in service when they run", async () => {
    const group = await open();
    await group.schedule("sale", 2);
    const ids = await group.boot(2);
    const { Instances = [] } = await groupOf(group);
    expect(Instances.map(({ LifecycleState }) => LifecycleState)).to.deep.equal(["InService", "InService"]);
    const [launch] = await group.activities();
    expect(launch?.Cause).to.contain(
      "a scheduled action update of AutoScalingGroup constraints to min: 0, max: 4, desired: 2",
    );
    expect((await emulator.api.firings(group.accountId))[0]).to.include({
      kind: "scheduledAction",
      name: "sale",
    });

    const [kept = "", leaving = ""] = ids;
    await group.autoScaling.setInstanceProtection({
      AutoScalingGroupName: "web",
      InstanceIds: [kept],
      ProtectedFromScaleIn: true,
    });
    await group.schedule("after", 0);
    const [ending] = await group.region.untilInstances("shutting-down", 1);
    expect(ending?.id).to.equal(leaving);
    await group.region.reportInstance(leaving, "terminated");
    expect((await groupOf(group)).Instances?.map(({ InstanceId }) => InstanceId)).to.deep.equal([kept]);
  });

  it("run no scheduled action while the process is suspended", async () => {
    const group = await open();
    await group.autoScaling.suspendProcesses({
      AutoScalingGroupName: "web",
      ScalingProcesses: ["ScheduledActions"],
    });
    const suspended = await group.schedule("suspended", 2);
    const other = await open();
    await other.schedule("sale", 1, suspended);
    await other.region.untilInstances("pending", 1);
    expect((await groupOf(group)).DesiredCapacity).to.equal(0);
  });

  it("replace a server that boots longer than the grace period, and then its replacement, without end", async () => {
    const group = await open();
    const { LoadBalancers } = await group.elbv2.createLoadBalancer({
      Name: "site",
      Subnets: [...group.network.subnetIds],
    });
    await group.elbv2.createListener({
      LoadBalancerArn: present(LoadBalancers?.[0]?.LoadBalancerArn),
      Port: 80,
      Protocol: "HTTP",
      DefaultActions: [{ Type: "forward", TargetGroupArn: group.targetGroupArn }],
    });
    await group.elbv2.modifyTargetGroupAttributes({
      TargetGroupArn: group.targetGroupArn,
      Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "1" }],
    });
    await group.autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: "web",
      HealthCheckType: "ELB",
      HealthCheckGracePeriod: 2,
      DesiredCapacity: 1,
    });
    const seen: string[] = [];
    for (let round = 0; round < 3; round++) {
      const [id = ""] = await group.boot(1);
      seen.push(id);
      // It still boots: its pages do not answer.
      await group.region.reportHealth(group.targetGroupArn, { [id]: unhealthy });
      const [ending] = await group.region.untilInstances("shutting-down", 1);
      expect(ending?.id).to.equal(id);
      await group.region.reportInstance(id, "terminated");
    }
    expect(new Set(seen)).to.have.property("size", 3);
    const causes = (await group.activities()).map(({ Cause = "" }) => Cause);
    const replaced = causes.filter((cause) =>
      cause.includes("in response to an ELB system health check failure"),
    );
    expect(replaced).to.have.length(3);
  });

  it("do not replace a server in standby, which returns to service", async () => {
    const group = await open();
    await group.autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: "web",
      HealthCheckType: "EC2",
      HealthCheckGracePeriod: 0,
      DesiredCapacity: 1,
    });
    const [id = ""] = await group.boot(1);
    await group.autoScaling.enterStandby({
      AutoScalingGroupName: "web",
      InstanceIds: [id],
      ShouldDecrementDesiredCapacity: true,
    });
    await group.region.report({ ...group.region.at, kind: "checks", id, status: "impaired" });
    await group.autoScaling.suspendProcesses({ AutoScalingGroupName: "web", ScalingProcesses: ["Launch"] });
    const stateOf = async () => (await groupOf(group)).Instances?.map(({ LifecycleState }) => LifecycleState);
    expect(await stateOf()).to.deep.equal(["Standby"]);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await stateOf()).to.deep.equal(["Standby"]);
    await group.region.report({ ...group.region.at, kind: "checks", id, status: "ok" });
    await group.autoScaling.exitStandby({ AutoScalingGroupName: "web", InstanceIds: [id] });
    await eventually("its service", async () => ((await stateOf())?.[0] === "InService" ? true : undefined));
    expect((await groupOf(group)).DesiredCapacity).to.equal(1);
  });
});
