import type { Internet } from "../../../students/account/internet";
import { createDatabase, tcp, templateData, type ConsoleSite } from "./consoleSite";

/** One thing that is wrong in an otherwise finished site. */
interface Spoiler {
  /** The only exercise that loses its points. */
  readonly exercise: string;
  readonly what: string;
  readonly spoil?: (site: ConsoleSite) => Promise<unknown>;
  /** What the internet answers instead. */
  readonly resolve?: Internet["resolve"];
}

export const spoilers: readonly Spoiler[] = [
  {
    exercise: "own-ami",
    what: "a server that runs a public image",
    spoil: async (site) => {
      const { ec2 } = site.clients;
      const { Images = [] } = await ec2.describeImages({
        Filters: [{ Name: "name", Values: ["debian-*"] }],
      });
      const data = { ...templateData(site), ImageId: Images[0]?.ImageId };
      await ec2.createLaunchTemplateVersion({
        LaunchTemplateId: site.templateId,
        LaunchTemplateData: data,
      });
      await replaceServers(site);
    },
  },
  {
    exercise: "two-zones",
    what: "servers in one zone",
    spoil: async (site) => {
      const { autoScaling } = site.clients;
      await autoScaling.updateAutoScalingGroup({
        AutoScalingGroupName: site.groupName,
        VPCZoneIdentifier: site.publicSubnets[0],
      });
      await replaceServers(site);
    },
  },
  {
    exercise: "no-public-address",
    what: "a public address",
    spoil: async ({ clients: { ec2, autoScaling }, groupName }) => {
      const { AutoScalingGroups = [] } = await autoScaling.describeAutoScalingGroups({
        AutoScalingGroupNames: [groupName],
      });
      const InstanceId = AutoScalingGroups[0]?.Instances?.[0]?.InstanceId;
      const { AllocationId } = await ec2.allocateAddress({ Domain: "vpc" });
      await ec2.associateAddress({ AllocationId, InstanceId });
    },
  },
  {
    exercise: "security-groups",
    what: "SSH that is open to the world",
    spoil: ({ clients: { ec2 }, serverGroupId }) =>
      ec2.authorizeSecurityGroupIngress({
        GroupId: serverGroupId,
        IpPermissions: [tcp(22, { IpRanges: [{ CidrIp: "0.0.0.0/0" }] })],
      }),
  },
  {
    exercise: "past-the-balancer",
    what: "HTTP that is open to the world",
    spoil: ({ clients: { ec2 }, serverGroupId }) =>
      ec2.authorizeSecurityGroupIngress({
        GroupId: serverGroupId,
        IpPermissions: [tcp(80, { IpRanges: [{ CidrIp: "0.0.0.0/0" }] })],
      }),
  },
  {
    exercise: "past-the-balancer",
    what: "HTTP that is open to the network",
    spoil: ({ clients: { ec2 }, serverGroupId }) =>
      ec2.authorizeSecurityGroupIngress({
        GroupId: serverGroupId,
        IpPermissions: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "10.20.0.0/16" }] }],
      }),
  },
  {
    exercise: "healthy-targets",
    what: "a server that was stopped",
    spoil: async ({ clients: { ec2, elbv2 }, publicSubnets, targetGroupArn, imageId, serverGroupId }) => {
      const { Instances = [] } = await ec2.runInstances({
        ImageId: imageId,
        InstanceType: "t3.micro",
        MinCount: 1,
        MaxCount: 1,
        SubnetId: publicSubnets[0],
        SecurityGroupIds: [serverGroupId],
      });
      const Id = Instances[0]?.InstanceId;
      await elbv2.registerTargets({ TargetGroupArn: targetGroupArn, Targets: [{ Id }] });
      await ec2.stopInstances({ InstanceIds: [Id ?? ""] });
    },
  },
  { exercise: "balancer-dns", what: "a name without addresses", resolve: () => Promise.resolve([]) },
  {
    exercise: "balancer-dns",
    what: "a name with an address that is not the balancer's",
    resolve: () => Promise.resolve(["192.0.2.7"]),
  },
  {
    exercise: "group-sizes",
    what: "a group that cannot grow",
    spoil: ({ clients: { autoScaling }, groupName }) =>
      autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: groupName, MinSize: 2, MaxSize: 2 }),
  },
  {
    exercise: "group-sizes",
    what: "a group that may end its last server",
    spoil: ({ clients: { autoScaling }, groupName }) =>
      autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: groupName, MinSize: 0 }),
  },
  {
    exercise: "launch-template",
    what: "a template without tags for servers",
    spoil: (site) => {
      return site.clients.ec2.createLaunchTemplateVersion({
        LaunchTemplateId: site.templateId,
        LaunchTemplateData: { ...templateData(site), TagSpecifications: [] },
      });
    },
  },
  {
    exercise: "elb-health-check",
    what: "health checks of EC2 only",
    spoil: ({ clients: { autoScaling }, groupName }) =>
      autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: groupName, HealthCheckType: "EC2" }),
  },
  {
    exercise: "group-metrics",
    what: "group metrics that are off",
    spoil: ({ clients: { autoScaling }, groupName }) =>
      autoScaling.disableMetricsCollection({ AutoScalingGroupName: groupName }),
  },
  {
    exercise: "target-tracking",
    what: "a missing scaling policy",
    spoil: ({ clients: { autoScaling }, groupName }) =>
      autoScaling.deletePolicy({ AutoScalingGroupName: groupName, PolicyName: "cpu80" }),
  },
  {
    exercise: "notification",
    what: "a notification of launches only",
    spoil: async ({ clients: { autoScaling, sns }, groupName }) => {
      const { Topics = [] } = await sns.listTopics({});
      await autoScaling.putNotificationConfiguration({
        AutoScalingGroupName: groupName,
        TopicARN: Topics[0]?.TopicArn,
        NotificationTypes: ["autoscaling:EC2_INSTANCE_LAUNCH"],
      });
    },
  },
  {
    exercise: "tags",
    what: "a balancer without the class's tags",
    spoil: ({ clients: { elbv2 }, balancerArn }) =>
      elbv2.removeTags({ ResourceArns: [balancerArn], TagKeys: ["Class"] }),
  },
  {
    exercise: "database-closed",
    what: "a database that admits the world",
    spoil: ({ clients: { ec2 }, databaseGroupId }) =>
      ec2.authorizeSecurityGroupIngress({
        GroupId: databaseGroupId,
        IpPermissions: [tcp(3306, { IpRanges: [{ CidrIp: "0.0.0.0/0" }] })],
      }),
  },
  {
    exercise: "database-closed",
    what: "a database that half of the world reaches",
    spoil: ({ clients: { ec2 }, databaseGroupId }) =>
      ec2.authorizeSecurityGroupIngress({
        GroupId: databaseGroupId,
        IpPermissions: [
          { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/1" }], Ipv6Ranges: [{ CidrIpv6: "::/0" }] },
        ],
      }),
  },
  {
    exercise: "database-closed",
    what: "a publicly accessible database",
    spoil: ({ clients: { rds }, databaseId }) =>
      rds.modifyDBInstance({
        DBInstanceIdentifier: databaseId,
        PubliclyAccessible: true,
        ApplyImmediately: true,
      }),
  },
  {
    exercise: "database-encrypted",
    what: "a database that is not encrypted",
    spoil: async ({ clients: { rds }, databaseId, databaseGroupId }) => {
      await rds.deleteDBInstance({ DBInstanceIdentifier: databaseId, SkipFinalSnapshot: true });
      await createDatabase(rds, { databaseId: "unencrypted", databaseGroupId, StorageEncrypted: false });
    },
  },
  {
    exercise: "nat-cost",
    what: "an idle Elastic IP address",
    spoil: ({ clients: { ec2 } }) => ec2.allocateAddress({ Domain: "vpc" }),
  },
  {
    exercise: "nat-cost",
    what: "a NAT gateway that no route uses",
    spoil: async ({ clients: { ec2 }, publicSubnets }) => {
      const { AllocationId } = await ec2.allocateAddress({ Domain: "vpc" });
      await ec2.createNatGateway({ SubnetId: publicSubnets[0], AllocationId });
    },
  },
  {
    exercise: "function",
    what: "a role that was deleted",
    spoil: ({ clients: { iam } }) => iam.deleteRole({ RoleName: "LabRole" }),
  },
  {
    exercise: "function",
    what: "a role that Lambda may not assume",
    spoil: ({ clients: { iam } }) =>
      iam.updateAssumeRolePolicy({
        RoleName: "LabRole",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
          ],
        }),
      }),
  },
  {
    exercise: "function-limits",
    what: "too much memory",
    spoil: ({ clients: { lambda }, functionName }) =>
      lambda.updateFunctionConfiguration({ FunctionName: functionName, MemorySize: 4_096 }),
  },
  {
    exercise: "schedule",
    what: "a rule that has the local time instead of UTC",
    spoil: ({ clients: { eventBridge }, ruleName }) =>
      eventBridge.putRule({ Name: ruleName, ScheduleExpression: "cron(0 9 ? * MON-FRI *)" }),
  },
  {
    exercise: "schedule",
    what: "a rule that is disabled",
    spoil: ({ clients: { eventBridge }, ruleName }) => eventBridge.disableRule({ Name: ruleName }),
  },
];

/** Ends the group's servers; the group starts new ones. */
async function replaceServers({
  clients: { autoScaling },
  groupName: AutoScalingGroupName,
}: ConsoleSite): Promise<void> {
  await autoScaling.updateAutoScalingGroup({ AutoScalingGroupName, MinSize: 0, DesiredCapacity: 0 });
  await autoScaling.updateAutoScalingGroup({ AutoScalingGroupName, MinSize: 1, DesiredCapacity: 2 });
}
