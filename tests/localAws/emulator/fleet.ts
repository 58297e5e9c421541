import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2, type RequestLaunchTemplateData } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAM } from "@aws-sdk/client-iam";
import { SNS } from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import { SSM } from "@aws-sdk/client-ssm";

import type { EmulatorClientConfig } from "../../support/emulator";

/** The value, if the emulator returned one; else an error. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The emulator left out a value that AWS always returns");
  return value;
}

/** The error of a call that must be refused. */
export async function refusalOf(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("The call was not refused");
}

export function clientsOf(config: EmulatorClientConfig) {
  return {
    autoScaling: new AutoScaling(config),
    ec2: new EC2(config),
    elbv2: new ElasticLoadBalancingV2(config),
    iam: new IAM(config),
    sns: new SNS(config),
    sqs: new SQS({ ...config, useQueueUrlAsEndpoint: false }),
    ssm: new SSM(config),
  };
}

export type Clients = ReturnType<typeof clientsOf>;

/** Two subnets in two zones, and a security group. */
export interface TestNetwork {
  readonly vpcId: string;
  readonly subnetIds: readonly [string, string];
  readonly groupId: string;
}

export async function makeNetwork({ ec2 }: Clients, region = "us-east-1"): Promise<TestNetwork> {
  const { Vpc } = await ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
  const vpcId = present(Vpc?.VpcId);
  const subnet = async (zone: string, index: number) => {
    const CidrBlock = `10.0.${index}.0/24`;
    const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock, AvailabilityZone: region + zone });
    return present(Subnet?.SubnetId);
  };
  const subnetIds = [await subnet("a", 0), await subnet("b", 1)] as const;
  const { GroupId } = await ec2.createSecurityGroup({ VpcId: vpcId, GroupName: "web", Description: "web" });
  return { vpcId, subnetIds, groupId: present(GroupId) };
}

/** The newest Debian 13, by AWS's public parameter. */
export async function debianId({ ssm }: Clients): Promise<string> {
  const { Parameter } = await ssm.getParameter({ Name: "/aws/service/debian/release/13/latest/amd64" });
  return present(Parameter?.Value);
}

export async function makeTemplate(
  clients: Clients,
  network: TestNetwork,
  given: Partial<RequestLaunchTemplateData> = {},
): Promise<string> {
  const { LaunchTemplate } = await clients.ec2.createLaunchTemplate({
    LaunchTemplateName: "web",
    LaunchTemplateData: {
      ImageId: await debianId(clients),
      InstanceType: "t3.micro",
      NetworkInterfaces: [{ DeviceIndex: 0, Groups: [network.groupId], AssociatePublicIpAddress: false }],
      ...given,
    },
  });
  return present(LaunchTemplate?.LaunchTemplateId);
}

export interface GroupSizes {
  readonly min: number;
  readonly desired: number;
  readonly max: number;
}

/** A group `web` over both subnets. */
export async function makeGroup(
  clients: Clients,
  sizes: GroupSizes,
  given: { readonly template?: Partial<RequestLaunchTemplateData>; readonly targetGroup?: boolean } = {},
) {
  const network = await makeNetwork(clients);
  const templateId = await makeTemplate(clients, network, given.template);
  const targetGroupArn = given.targetGroup === true ? await makeTargetGroup(clients, network) : undefined;
  await clients.autoScaling.createAutoScalingGroup({
    AutoScalingGroupName: "web",
    MinSize: sizes.min,
    DesiredCapacity: sizes.desired,
    MaxSize: sizes.max,
    VPCZoneIdentifier: network.subnetIds.join(","),
    LaunchTemplate: { LaunchTemplateId: templateId, Version: "$Latest" },
    DefaultInstanceWarmup: 0,
    ...(targetGroupArn === undefined ? {} : { TargetGroupARNs: [targetGroupArn] }),
  });
  return { network, templateId, targetGroupArn };
}

async function makeTargetGroup({ elbv2 }: Clients, { vpcId }: TestNetwork): Promise<string> {
  const { TargetGroups } = await elbv2.createTargetGroup({
    Name: "wordpress-servers",
    Protocol: "HTTP",
    Port: 80,
    VpcId: vpcId,
  });
  return present(TargetGroups?.[0]?.TargetGroupArn);
}

/** The group `web` as AWS describes it. */
export async function groupOf({ autoScaling }: Clients) {
  const { AutoScalingGroups } = await autoScaling.describeAutoScalingGroups({
    AutoScalingGroupNames: ["web"],
  });
  return present(AutoScalingGroups?.[0]);
}

/** The instances of the group `web`. */
export async function instancesOf(clients: Clients) {
  const { Reservations } = await clients.ec2.describeInstances({
    Filters: [
      { Name: "tag:aws:autoscaling:groupName", Values: ["web"] },
      { Name: "instance-state-name", Values: ["running"] },
    ],
  });
  return present(Reservations).flatMap(({ Instances }) => Instances ?? []);
}

/** A queue, and a function that takes its messages. */
export async function makeQueue({ sqs }: Clients, name: string, accountId: string) {
  const { QueueUrl } = await sqs.createQueue({ QueueName: name });
  return {
    arn: `arn:aws:sqs:us-east-1:${accountId}:${name}`,
    /** The messages since the last call. */
    take: async () => {
      const { Messages = [] } = await sqs.receiveMessage({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
      });
      for (const { ReceiptHandle } of Messages) await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
      return Messages;
    },
  };
}
