import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { debianId, clientsOf, groupOf, instancesOf, makeGroup, makeQueue, present, refusalOf } from "./fleet";

describe("Auto Scaling groups in the emulator", () => {
  const emulator = useEmulator();

  function newAccount() {
    const accountId = emulator.newAccountId();
    return { accountId, ...clientsOf(emulator.clientConfig(accountId)) };
  }

  it("launches in both zones with the whole launch template", async () => {
    const account = newAccount();
    await account.iam.createInstanceProfile({ InstanceProfileName: "server" });
    const { network, templateId } = await makeGroup(
      account,
      { min: 2, desired: 2, max: 2 },
      {
        template: {
          IamInstanceProfile: { Name: "server" },
          MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2 },
          Monitoring: { Enabled: true },
          BlockDeviceMappings: [
            { DeviceName: "/dev/xvda", Ebs: { VolumeSize: 12, VolumeType: "gp3", Encrypted: true } },
          ],
          TagSpecifications: [
            { ResourceType: "instance", Tags: [{ Key: "Name", Value: "server" }] },
            { ResourceType: "volume", Tags: [{ Key: "Name", Value: "disk" }] },
          ],
        },
      },
    );
    const instances = await instancesOf(account);
    expect(instances.map(({ SubnetId }) => SubnetId)).to.have.members([...network.subnetIds]);
    for (const instance of instances) {
      expect(instance.ImageId).to.equal(await debianId(account));
      expect(instance.InstanceType).to.equal("t3.micro");
      expect(instance.SecurityGroups).to.deep.equal([{ GroupId: network.groupId, GroupName: "web" }]);
      expect(instance.IamInstanceProfile?.Arn).to.match(/:instance-profile\/server$/);
      expect(instance.MetadataOptions).to.include({ HttpTokens: "required", HttpPutResponseHopLimit: 2 });
      expect(instance.Monitoring?.State).to.equal("enabled");
      expect(instance.PublicIpAddress).to.be.undefined;
      expect(instance.NetworkInterfaces?.[0]?.Association).to.be.undefined;
      expect(instance.Tags).to.deep.include.members([
        { Key: "Name", Value: "server" },
        { Key: "aws:ec2launchtemplate:id", Value: templateId },
      ]);
    }
    const { Volumes } = await account.ec2.describeVolumes({});
    expect(Volumes).to.have.length(2);
    for (const volume of present(Volumes)) {
      expect(volume).to.include({ Size: 12, VolumeType: "gp3", Encrypted: true });
      expect(volume.Tags).to.deep.equal([{ Key: "Name", Value: "disk" }]);
    }
  });

  it("refuse the sizes of a scheduled action or a policy that was deleted", async () => {
    const account = newAccount();
    await makeGroup(account, { min: 1, desired: 1, max: 3 });
    await account.autoScaling.putScheduledUpdateGroupAction({
      AutoScalingGroupName: "web",
      ScheduledActionName: "morning",
      Recurrence: "0 8 * * *",
      DesiredCapacity: 2,
    });
    const scale = (name: string, desired: number, alarm = {}) =>
      emulator.api.scale(account.accountId, {
        region: "us-east-1",
        group: "web",
        name,
        sizes: { desired },
        ...alarm,
      });
    expect(await scale("morning", 2)).to.equal(undefined);
    await account.autoScaling.deleteScheduledAction({
      AutoScalingGroupName: "web",
      ScheduledActionName: "morning",
    });
    expect(await scale("morning", 3)).to.equal("The scheduled action morning does not exist");
    expect(await scale("cpu", 3, { alarm: "high", metric: 90 })).to.equal(
      "The scaling policy cpu does not exist",
    );
    expect((await groupOf(account)).DesiredCapacity).to.equal(2);
  });

  it("copies its tags to instances, and shows the launch template version of each", async () => {
    const account = newAccount();
    const { templateId } = await makeGroup(account, { min: 1, desired: 1, max: 3 });
    await account.autoScaling.createOrUpdateTags({
      Tags: [
        {
          ResourceId: "web",
          ResourceType: "auto-scaling-group",
          Key: "Owner",
          Value: "us",
          PropagateAtLaunch: true,
        },
      ],
    });
    await account.ec2.createLaunchTemplateVersion({
      LaunchTemplateId: templateId,
      SourceVersion: "1",
      LaunchTemplateData: { InstanceType: "t3.small" },
    });
    await account.autoScaling.setDesiredCapacity({ AutoScalingGroupName: "web", DesiredCapacity: 2 });
    const newest = present((await instancesOf(account)).find((it) => it.InstanceType === "t3.small"));
    expect(newest.Tags).to.deep.include.members([{ Key: "Owner", Value: "us" }]);
    const { Instances } = await groupOf(account);
    expect(Instances?.map(({ LaunchTemplate }) => LaunchTemplate?.Version)).to.have.members(["1", "2"]);
  });

  it("registers its instances as healthy targets, and deregisters terminated ones", async () => {
    const account = newAccount();
    const { targetGroupArn } = await makeGroup(
      account,
      { min: 0, desired: 2, max: 2 },
      { targetGroup: true },
    );
    const health = async () => {
      const { TargetHealthDescriptions } = await account.elbv2.describeTargetHealth({
        TargetGroupArn: targetGroupArn,
      });
      return present(TargetHealthDescriptions).map((it) => [it.Target?.Id, it.TargetHealth?.State]);
    };
    const ids = (await instancesOf(account)).map(({ InstanceId }) => InstanceId);
    expect(await health()).to.have.deep.members(ids.map((id) => [id, "healthy"]));
    await account.autoScaling.setDesiredCapacity({ AutoScalingGroupName: "web", DesiredCapacity: 0 });
    expect(await health()).to.be.empty;
    expect(await instancesOf(account)).to.be.empty;
  });

  it("notifies its topic of launches and terminations, and keeps them as activities", async () => {
    const account = newAccount();
    await makeGroup(account, { min: 0, desired: 0, max: 2 });
    const queue = await makeQueue(account, "heard", account.accountId);
    const { TopicArn } = await account.sns.createTopic({ Name: "fleet" });
    await account.sns.subscribe({ TopicArn, Protocol: "sqs", Endpoint: queue.arn });
    await account.autoScaling.putNotificationConfiguration({
      AutoScalingGroupName: "web",
      TopicARN: TopicArn,
      NotificationTypes: ["autoscaling:EC2_INSTANCE_LAUNCH", "autoscaling:EC2_INSTANCE_TERMINATE"],
    });
    await account.autoScaling.setDesiredCapacity({ AutoScalingGroupName: "web", DesiredCapacity: 1 });
    const [instance] = await instancesOf(account);
    await account.autoScaling.setDesiredCapacity({ AutoScalingGroupName: "web", DesiredCapacity: 0 });

    const subjects = (await queue.take()).map(
      ({ Body }) => /"Subject": "([^"]+?) for/.exec(present(Body))?.[1],
    );
    expect(subjects).to.have.members([
      "Auto Scaling: test notification",
      "Auto Scaling: launch",
      "Auto Scaling: termination",
    ]);
    const { Activities } = await account.autoScaling.describeScalingActivities({
      AutoScalingGroupName: "web",
    });
    expect(Activities?.map(({ Description }) => Description)).to.deep.equal([
      `Terminating EC2 instance: ${instance?.InstanceId ?? ""}`,
      `Launching a new EC2 instance: ${instance?.InstanceId ?? ""}`,
    ]);
  });

  it("keeps a failed launch as an activity, with the reason", async () => {
    const account = newAccount();
    const { templateId } = await makeGroup(account, { min: 0, desired: 0, max: 1 });
    await account.ec2.createLaunchTemplateVersion({
      LaunchTemplateId: templateId,
      SourceVersion: "1",
      LaunchTemplateData: { ImageId: "ami-0123456789abcdef0" },
    });
    await account.autoScaling.setDesiredCapacity({ AutoScalingGroupName: "web", DesiredCapacity: 1 });
    expect(await instancesOf(account)).to.be.empty;
    const { Activities } = await account.autoScaling.describeScalingActivities({
      AutoScalingGroupName: "web",
    });
    expect(Activities?.[0]).to.include({ StatusCode: "Failed" });
    expect(Activities?.[0]?.StatusMessage).to.contain("ami-0123456789abcdef0");
  });

  it("refuses a capacity outside its bounds", async () => {
    const account = newAccount();
    await makeGroup(account, { min: 1, desired: 1, max: 2 });
    const tooMany = account.autoScaling.setDesiredCapacity({
      AutoScalingGroupName: "web",
      DesiredCapacity: 3,
    });
    expect((await refusalOf(tooMany)).message).to.contain("above max value 2");
    const tooFew = account.autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: "web",
      DesiredCapacity: 0,
    });
    expect((await refusalOf(tooFew)).message).to.contain("between the specified min size:1");
    const crossed = account.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: "web", MinSize: 3 });
    expect((await refusalOf(crossed)).message).to.contain("min bound, 3");
  });

  it("changes its capacity when new bounds exclude it", async () => {
    const account = newAccount();
    await makeGroup(account, { min: 1, desired: 1, max: 4 });
    await account.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: "web", MinSize: 3 });
    expect(await instancesOf(account)).to.have.length(3);
    await account.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: "web", MinSize: 0, MaxSize: 1 });
    expect(await instancesOf(account)).to.have.length(1);
  });

  it("keeps its settings, on create and on update", async () => {
    const account = newAccount();
    await makeGroup(account, { min: 0, desired: 0, max: 1 });
    expect(await groupOf(account)).to.include({ DefaultInstanceWarmup: 0, HealthCheckGracePeriod: 0 });
    await account.autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: "web",
      DefaultCooldown: 10,
      DefaultInstanceWarmup: 20,
      HealthCheckGracePeriod: 30,
      TerminationPolicies: ["OldestInstance"],
    });
    const group = await groupOf(account);
    expect(group).to.include({ DefaultCooldown: 10, DefaultInstanceWarmup: 20, HealthCheckGracePeriod: 30 });
    expect(group.TerminationPolicies).to.deep.equal(["OldestInstance"]);
  });

  it("shrinks in the zone with more instances, and never terminates a protected one", async () => {
    const account = newAccount();
    const { network } = await makeGroup(account, { min: 0, desired: 3, max: 3 });
    const kept = present((await instancesOf(account)).find((it) => it.SubnetId === network.subnetIds[0]));
    await account.autoScaling.setInstanceProtection({
      AutoScalingGroupName: "web",
      InstanceIds: [present(kept.InstanceId)],
      ProtectedFromScaleIn: true,
    });
    await account.autoScaling.setDesiredCapacity({ AutoScalingGroupName: "web", DesiredCapacity: 2 });
    const two = await instancesOf(account);
    expect(two.map(({ SubnetId }) => SubnetId)).to.have.members([...network.subnetIds]);
    await account.autoScaling.setDesiredCapacity({ AutoScalingGroupName: "web", DesiredCapacity: 0 });
    expect((await instancesOf(account)).map(({ InstanceId }) => InstanceId)).to.deep.equal([kept.InstanceId]);
  });

  for (const [how, end] of Object.entries({
    terminated: (account: ReturnType<typeof newAccount>, id: string) =>
      account.ec2.terminateInstances({ InstanceIds: [id] }),
    stopped: (account: ReturnType<typeof newAccount>, id: string) =>
      account.ec2.stopInstances({ InstanceIds: [id] }),
    "reported unhealthy": (account: ReturnType<typeof newAccount>, id: string) =>
      account.autoScaling.setInstanceHealth({ InstanceId: id, HealthStatus: "Unhealthy" }),
    "terminated through the group": (account: ReturnType<typeof newAccount>, id: string) =>
      account.autoScaling.terminateInstanceInAutoScalingGroup({
        InstanceId: id,
        ShouldDecrementDesiredCapacity: false,
      }),
  })) {
    it(`replaces an instance that is ${how}`, async () => {
      const account = newAccount();
      const { targetGroupArn } = await makeGroup(
        account,
        { min: 1, desired: 1, max: 2 },
        { targetGroup: true },
      );
      const before = present((await instancesOf(account))[0]?.InstanceId);
      await end(account, before);
      const [instance] = await instancesOf(account);
      expect(instance?.InstanceId).to.be.a("string").and.not.equal(before);
      const { TargetHealthDescriptions } = await account.elbv2.describeTargetHealth({
        TargetGroupArn: targetGroupArn,
      });
      expect(TargetHealthDescriptions?.map(({ Target }) => Target?.Id)).to.deep.equal([instance?.InstanceId]);
    });
  }

  it("is deleted with instances only by ForceDelete, and its policies are deleted with it", async () => {
    const account = newAccount();
    await makeGroup(account, { min: 1, desired: 1, max: 2 });
    await account.autoScaling.putScalingPolicy({
      AutoScalingGroupName: "web",
      PolicyName: "cpu",
      AdjustmentType: "ChangeInCapacity",
      ScalingAdjustment: 1,
    });
    const gently = account.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: "web" });
    expect((await refusalOf(gently)).name).to.match(/^ResourceInUse/);
    await account.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: "web", ForceDelete: true });
    expect(await instancesOf(account)).to.be.empty;
    const { ScalingPolicies } = await account.autoScaling.describePolicies({});
    expect(ScalingPolicies).to.be.empty;
  });

  it("returns a policy's ARN, and keeps policies and actions of one name in two groups apart", async () => {
    const account = newAccount();
    const { network, templateId } = await makeGroup(account, { min: 0, desired: 0, max: 2 });
    await account.autoScaling.createAutoScalingGroup({
      AutoScalingGroupName: "other",
      MinSize: 0,
      MaxSize: 1,
      VPCZoneIdentifier: network.subnetIds.join(","),
      LaunchTemplate: { LaunchTemplateId: templateId },
    });
    for (const AutoScalingGroupName of ["web", "other"]) {
      const { PolicyARN } = await account.autoScaling.putScalingPolicy({
        AutoScalingGroupName,
        PolicyName: "cpu",
        PolicyType: "TargetTrackingScaling",
        TargetTrackingConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" },
          TargetValue: 80,
        },
      });
      expect(PolicyARN).to.contain(`autoScalingGroupName/${AutoScalingGroupName}:policyName/cpu`);
      await account.autoScaling.putScheduledUpdateGroupAction({
        AutoScalingGroupName,
        ScheduledActionName: "night",
        Recurrence: "0 20 * * *",
        DesiredCapacity: 0,
      });
    }
    await account.autoScaling.deletePolicy({ AutoScalingGroupName: "other", PolicyName: "cpu" });
    await account.autoScaling.deleteScheduledAction({
      AutoScalingGroupName: "other",
      ScheduledActionName: "night",
    });
    const { ScalingPolicies } = await account.autoScaling.describePolicies({});
    expect(ScalingPolicies?.map((it) => it.AutoScalingGroupName)).to.deep.equal(["web"]);
    const { ScheduledUpdateGroupActions } = await account.autoScaling.describeScheduledActions({});
    expect(ScheduledUpdateGroupActions?.map((it) => it.AutoScalingGroupName)).to.deep.equal(["web"]);
    expect(ScheduledUpdateGroupActions?.[0]?.ScheduledActionARN).to.contain("scheduledActionName/night");
  });
});
