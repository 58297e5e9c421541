import { expect } from "chai";

import { rollOut } from "../../../../components/wordpressFleet/rollout/rollOut";
import type { RolloutOrder, RolloutTools } from "../../../../components/wordpressFleet/rollout/tools";
import { clientsOf, instancesOf, makeGroup, present } from "../../../localAws/emulator/fleet";
import { useEmulator } from "../../../support/emulator";
import { rejectionOf } from "../../../support/rejection";

describe("a rollout to a group of servers", () => {
  const emulator = useEmulator();

  /** A group with version 1 of its template, and a version 2. */
  async function siteOf(
    size: number,
    newer: { readonly ImageId?: string; readonly InstanceType?: "t3.small" },
  ) {
    const account = clientsOf(emulator.clientConfig(emulator.newAccountId()));
    const { autoScaling, ec2, elbv2 } = account;
    const { templateId, network } = await makeGroup(account, { min: size, desired: size, max: 2 });
    await autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: "web",
      LaunchTemplate: { LaunchTemplateId: templateId, Version: "1" },
    });
    await ec2.createLaunchTemplateVersion({
      LaunchTemplateId: templateId,
      SourceVersion: "1",
      LaunchTemplateData: newer,
    });
    const { TargetGroups } = await elbv2.createTargetGroup({
      Name: "web",
      VpcId: network.vpcId,
      Protocol: "HTTP",
      Port: 80,
    });
    const targetGroupArn = present(TargetGroups?.[0]?.TargetGroupArn);
    await autoScaling.attachLoadBalancerTargetGroups({
      AutoScalingGroupName: "web",
      TargetGroupARNs: [targetGroupArn],
    });
    const lines: string[] = [];
    const tools: RolloutTools = {
      clients: { scaling: autoScaling, targets: elbv2 },
      progress: { step: (line) => lines.push(line), passing: () => undefined },
      pause: () => new Promise((resolve) => setTimeout(resolve, 50)),
    };
    const order = (version: string): RolloutOrder => ({
      groupName: "web",
      targetGroupArn,
      launchTemplateId: templateId,
      launchTemplateVersion: version,
      patienceMinutes: 6,
    });
    return {
      ...account,
      templateId,
      lines,
      to: (version: string) => rollOut(tools, order(version), new Date()),
      startRefresh: (Version: string) =>
        autoScaling.startInstanceRefresh({
          AutoScalingGroupName: "web",
          DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId: templateId, Version } },
        }),
      types: async () => (await instancesOf(account)).map(({ InstanceType }) => InstanceType),
      version: async () => {
        const { AutoScalingGroups } = await autoScaling.describeAutoScalingGroups({});
        return AutoScalingGroups?.[0]?.LaunchTemplate?.Version;
      },
      refreshes: async () =>
        (await autoScaling.describeInstanceRefreshes({ AutoScalingGroupName: "web" })).InstanceRefreshes ??
        [],
    };
  }

  it("starts no refresh when the group has the version, and reports its healthy servers", async () => {
    const site = await siteOf(2, { InstanceType: "t3.small" });
    await site.to("1");
    expect(await site.refreshes()).to.deep.equal([]);
    expect(site.lines).to.deep.equal(["2 of 2 servers healthy"]);
  });

  it("replaces every server and ends only when the new ones are healthy", async () => {
    const site = await siteOf(2, { InstanceType: "t3.small" });
    await site.to("2");
    expect(await site.types()).to.deep.equal(["t3.small", "t3.small"]);
    expect(await site.version()).to.equal("2");
    expect(site.lines.at(-1)).to.equal("2 of 2 servers healthy");
  });

  it("sets the version of a group without servers for its next servers", async () => {
    const site = await siteOf(0, { InstanceType: "t3.small" });
    await site.to("2");
    expect(await site.version()).to.equal("2");
    expect(await site.refreshes()).to.deep.equal([]);
  });

  it("fails after a rollback and prints where to look; the group has the earlier version, and the next try can succeed", async () => {
    const site = await siteOf(2, { ImageId: "ami-00000000000000bad" });
    const message = await rejectionOf(site.to("2"));
    expect(message)
      .to.include("launch template version 1, not 2")
      .and.include("RollbackSuccessful")
      .and.include("aws elbv2 describe-target-health --target-group-arn arn:");
    expect(await site.version()).to.equal("1");
    expect(await site.types()).to.deep.equal(["t3.micro", "t3.micro"]);

    await site.ec2.createLaunchTemplateVersion({
      LaunchTemplateId: site.templateId,
      SourceVersion: "1",
      LaunchTemplateData: { InstanceType: "t3.small" },
    });
    await site.to("3");
    expect(await site.types()).to.deep.equal(["t3.small", "t3.small"]);
  });

  it("waits for the refresh that an earlier run started, and starts no second one", async () => {
    const site = await siteOf(2, { InstanceType: "t3.small" });
    await site.startRefresh("2");
    await site.to("2");
    expect(await site.refreshes()).to.have.length(1);
    expect(site.lines).to.include("waiting for the instance refresh that an earlier run started");
  });

  it("cancels a refresh to another version first", async () => {
    const site = await siteOf(2, { InstanceType: "t3.small" });
    await site.startRefresh("2");
    await site.to("1");
    expect((await site.refreshes()).map(({ Status }) => Status)).to.deep.equal(["Successful", "Cancelled"]);
    expect(await site.types()).to.deep.equal(["t3.micro", "t3.micro"]);
    expect(await site.version()).to.equal("1");
  });
});
