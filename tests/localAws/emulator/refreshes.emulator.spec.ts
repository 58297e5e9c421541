import type { InstanceRefreshStatus, RefreshPreferences } from "@aws-sdk/client-auto-scaling";
import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { eventually } from "../../support/eventually";
import { clientsOf, instancesOf, makeGroup, present, refusalOf } from "./fleet";

describe("instance refresh in the emulator", () => {
  const emulator = useEmulator();

  /** A group of two servers whose template has a newer version. */
  async function outdatedFleet(newer: { readonly ImageId?: string; readonly InstanceType?: "t3.small" }) {
    const account = clientsOf(emulator.clientConfig(emulator.newAccountId()));
    const { network, templateId } = await makeGroup(account, { min: 2, desired: 2, max: 2 });
    const { autoScaling } = account;
    await autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: "web",
      LaunchTemplate: { LaunchTemplateId: templateId, Version: "1" },
    });
    await account.ec2.createLaunchTemplateVersion({
      LaunchTemplateId: templateId,
      SourceVersion: "1",
      LaunchTemplateData: newer,
    });
    const desired = { LaunchTemplate: { LaunchTemplateId: templateId, Version: "2" } };
    return {
      ...account,
      network,
      start: (Preferences: RefreshPreferences = {}) =>
        autoScaling.startInstanceRefresh({
          AutoScalingGroupName: "web",
          Preferences,
          DesiredConfiguration: desired,
        }),
      newest: async () => {
        const answer = await autoScaling.describeInstanceRefreshes({ AutoScalingGroupName: "web" });
        return present(answer.InstanceRefreshes?.[0]);
      },
      until: (status: InstanceRefreshStatus) =>
        eventually(`a refresh that is ${status}`, async () => {
          const answer = await autoScaling.describeInstanceRefreshes({ AutoScalingGroupName: "web" });
          return answer.InstanceRefreshes?.find((it) => it.Status === status);
        }),
      types: async () => (await instancesOf(account)).map(({ InstanceType }) => InstanceType),
    };
  }

  it("replaces every instance with the new version, still over both zones", async () => {
    const fleet = await outdatedFleet({ InstanceType: "t3.small" });
    await fleet.start();
    const refresh = await fleet.until("Successful");
    expect(refresh).to.include({ PercentageComplete: 100, InstancesToUpdate: 0 });
    expect(await fleet.types()).to.deep.equal(["t3.small", "t3.small"]);
    const subnets = (await instancesOf(fleet)).map(({ SubnetId }) => SubnetId);
    expect(subnets).to.have.members([...fleet.network.subnetIds]);
  });

  it("skips matching instances with SkipMatching", async () => {
    const fleet = await outdatedFleet({ InstanceType: "t3.small" });
    await fleet.start();
    await fleet.until("Successful");
    const ids = (await instancesOf(fleet)).map(({ InstanceId }) => InstanceId);
    const { InstanceRefreshId } = await fleet.start({ SkipMatching: true });
    await eventually("the second refresh's end", async () => {
      const refresh = await fleet.newest();
      const ended = refresh.InstanceRefreshId === InstanceRefreshId && refresh.Status === "Successful";
      return ended ? true : undefined;
    });
    expect((await instancesOf(fleet)).map(({ InstanceId }) => InstanceId)).to.have.members(ids);
  });

  it("waits for protected instances, refuses a second refresh, and can be cancelled", async () => {
    const fleet = await outdatedFleet({ InstanceType: "t3.small" });
    const ids = (await instancesOf(fleet)).map(({ InstanceId }) => present(InstanceId));
    await fleet.autoScaling.setInstanceProtection({
      AutoScalingGroupName: "web",
      InstanceIds: ids,
      ProtectedFromScaleIn: true,
    });
    await fleet.start();
    await eventually("a refresh that waits", async () => {
      const { StatusReason } = await fleet.newest();
      return StatusReason?.includes("scale-in protection") === true ? true : undefined;
    });
    expect((await refusalOf(fleet.start())).name).to.match(/^InstanceRefreshInProgress/);
    await fleet.autoScaling.cancelInstanceRefresh({ AutoScalingGroupName: "web" });
    expect((await fleet.newest()).Status).to.equal("Cancelled");
    expect(await fleet.types()).to.deep.equal(["t3.micro", "t3.micro"]);
    const again = fleet.autoScaling.cancelInstanceRefresh({ AutoScalingGroupName: "web" });
    expect((await refusalOf(again)).name).to.match(/^ActiveInstanceRefreshNotFound/);
  });

  it("replaces protected instances with ScaleInProtectedInstances Refresh", async () => {
    const fleet = await outdatedFleet({ InstanceType: "t3.small" });
    const ids = (await instancesOf(fleet)).map(({ InstanceId }) => present(InstanceId));
    await fleet.autoScaling.setInstanceProtection({
      AutoScalingGroupName: "web",
      InstanceIds: ids,
      ProtectedFromScaleIn: true,
    });
    await fleet.start({ ScaleInProtectedInstances: "Refresh" });
    await fleet.until("Successful");
    expect(await fleet.types()).to.deep.equal(["t3.small", "t3.small"]);
  });

  it("fails when it cannot launch, and keeps the old instances", async () => {
    const fleet = await outdatedFleet({ ImageId: "ami-0123456789abcdef0" });
    const ids = (await instancesOf(fleet)).map(({ InstanceId }) => InstanceId);
    await fleet.start();
    const refresh = await fleet.until("Failed");
    expect(refresh.StatusReason).to.contain("ami-0123456789abcdef0");
    expect((await instancesOf(fleet)).map(({ InstanceId }) => InstanceId)).to.have.members(ids);
  });

  it("rolls back to the previous version with AutoRollback", async () => {
    const fleet = await outdatedFleet({ ImageId: "ami-0123456789abcdef0" });
    await fleet.start({ AutoRollback: true });
    await fleet.until("RollbackSuccessful");
    const { AutoScalingGroups } = await fleet.autoScaling.describeAutoScalingGroups({});
    expect(AutoScalingGroups?.[0]?.LaunchTemplate?.Version).to.equal("1");
    expect(await instancesOf(fleet)).to.have.length(2);
  });
});
