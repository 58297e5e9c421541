import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { IAM } from "@aws-sdk/client-iam";
import { Lambda } from "@aws-sdk/client-lambda";
import { RDS } from "@aws-sdk/client-rds";
import { SNS } from "@aws-sdk/client-sns";
import { zipSync } from "fflate";

import type { EmulatorClientConfig } from "../../support/emulator";
import { eventually } from "../../support/eventually";

/** The site as a student builds it by hand in the console: names of the student's own, nothing of this program's. */
export interface ConsoleSite {
  readonly clients: ConsoleClients;
  readonly vpcId: string;
  readonly publicSubnets: readonly string[];
  readonly groupName: string;
  readonly templateId: string;
  readonly serverGroupId: string;
  readonly balancerGroupId: string;
  readonly databaseGroupId: string;
  readonly targetGroupArn: string;
  readonly balancerArn: string;
  readonly databaseId: string;
  readonly functionName: string;
  readonly ruleName: string;
  readonly imageId: string;
}

export interface ConsoleClients {
  readonly autoScaling: AutoScaling;
  readonly ec2: EC2;
  readonly elbv2: ElasticLoadBalancingV2;
  readonly eventBridge: EventBridge;
  readonly iam: IAM;
  readonly lambda: Lambda;
  readonly rds: RDS;
  readonly sns: SNS;
}

export function consoleClients(config: EmulatorClientConfig): ConsoleClients {
  return {
    autoScaling: new AutoScaling(config),
    ec2: new EC2(config),
    elbv2: new ElasticLoadBalancingV2(config),
    eventBridge: new EventBridge(config),
    iam: new IAM(config),
    lambda: new Lambda(config),
    rds: new RDS(config),
    sns: new SNS(config),
  };
}

/** The tags that a class of this test asks for. */
export const classTags = { Class: "week14", Student: "kim" };
export const tagList = Object.entries(classTags).map(([Key, Value]) => ({ Key, Value }));

const zones = ["us-east-1a", "us-east-1b"];

/** Builds the finished site in an empty account. */
export async function buildConsoleSite(config: EmulatorClientConfig): Promise<ConsoleSite> {
  const clients = consoleClients(config);
  const network = await buildNetwork(clients);
  const imageId = await buildImage(clients, network.publicSubnets[0] ?? "");
  const balancer = await buildBalancer(clients, network);
  const group = await buildGroup(clients, { ...network, ...balancer, imageId });
  const database = await buildDatabase(clients, network);
  const launcher = await buildFunction(clients);
  return { clients, ...network, imageId, ...balancer, ...group, ...database, ...launcher };
}

async function buildNetwork({ ec2 }: ConsoleClients) {
  const { Vpc } = await ec2.createVpc({ CidrBlock: "10.20.0.0/16" });
  const vpcId = present(Vpc?.VpcId);
  const { InternetGateway } = await ec2.createInternetGateway({});
  const gatewayId = present(InternetGateway?.InternetGatewayId);
  await ec2.attachInternetGateway({ VpcId: vpcId, InternetGatewayId: gatewayId });
  const subnet = async (index: number) => {
    const AvailabilityZone = zones[index % 2];
    const made = await ec2.createSubnet({
      VpcId: vpcId,
      CidrBlock: `10.20.${index}.0/24`,
      AvailabilityZone,
    });
    return present(made.Subnet?.SubnetId);
  };
  const publicSubnets = [await subnet(0), await subnet(1)];
  const privateSubnets = [await subnet(2), await subnet(3)];
  const { RouteTable } = await ec2.createRouteTable({ VpcId: vpcId });
  const RouteTableId = present(RouteTable?.RouteTableId);
  await ec2.createRoute({ RouteTableId, DestinationCidrBlock: "0.0.0.0/0", GatewayId: gatewayId });
  for (const SubnetId of publicSubnets) await ec2.associateRouteTable({ RouteTableId, SubnetId });
  const securityGroup = async (GroupName: string) =>
    present((await ec2.createSecurityGroup({ VpcId: vpcId, GroupName, Description: GroupName })).GroupId);
  const balancerGroupId = await securityGroup("alb-open");
  const serverGroupId = await securityGroup("web-from-alb");
  const databaseGroupId = await securityGroup("db-from-web");
  await ec2.authorizeSecurityGroupIngress({
    GroupId: balancerGroupId,
    IpPermissions: [tcp(80, { IpRanges: [{ CidrIp: "0.0.0.0/0" }] })],
  });
  await ec2.authorizeSecurityGroupIngress({
    GroupId: serverGroupId,
    IpPermissions: [
      tcp(80, { UserIdGroupPairs: [{ GroupId: balancerGroupId }] }),
      tcp(22, { IpRanges: [{ CidrIp: "203.0.113.7/32" }] }),
    ],
  });
  await ec2.authorizeSecurityGroupIngress({
    GroupId: databaseGroupId,
    IpPermissions: [tcp(3306, { UserIdGroupPairs: [{ GroupId: serverGroupId }] })],
  });
  return { vpcId, publicSubnets, privateSubnets, balancerGroupId, serverGroupId, databaseGroupId };
}

export function tcp(port: number, source: object) {
  return { IpProtocol: "tcp", FromPort: port, ToPort: port, ...source };
}

/** The image of a server that is terminated afterwards, as at the end of row 2. */
async function buildImage({ ec2 }: ConsoleClients, SubnetId: string): Promise<string> {
  const { Images = [] } = await ec2.describeImages({
    Filters: [{ Name: "name", Values: ["debian-*"] }],
  });
  const ImageId = present(Images[0]?.ImageId);
  const started = await ec2.runInstances({
    ImageId,
    InstanceType: "t3.micro",
    MinCount: 1,
    MaxCount: 1,
    SubnetId,
  });
  const InstanceId = present(started.Instances?.[0]?.InstanceId);
  const made = await ec2.createImage({ InstanceId, Name: "my-wordpress" });
  await ec2.terminateInstances({ InstanceIds: [InstanceId] });
  const imageId = present(made.ImageId);
  await eventually(`${imageId} is available`, async () => {
    const answer = await ec2.describeImages({ ImageIds: [imageId] });
    return answer.Images?.[0]?.State === "available" ? true : undefined;
  });
  return imageId;
}

interface Network {
  readonly vpcId: string;
  readonly publicSubnets: readonly string[];
  readonly privateSubnets: readonly string[];
  readonly balancerGroupId: string;
  readonly serverGroupId: string;
  readonly databaseGroupId: string;
}

async function buildBalancer({ elbv2 }: ConsoleClients, network: Network) {
  const { LoadBalancers = [] } = await elbv2.createLoadBalancer({
    Name: "alb-week14",
    Type: "application",
    Scheme: "internet-facing",
    Subnets: [...network.publicSubnets],
    SecurityGroups: [network.balancerGroupId],
    Tags: tagList,
  });
  const balancerArn = present(LoadBalancers[0]?.LoadBalancerArn);
  const { TargetGroups = [] } = await elbv2.createTargetGroup({
    Name: "wordpress-servers",
    Protocol: "HTTP",
    Port: 80,
    VpcId: network.vpcId,
    TargetType: "instance",
  });
  const targetGroupArn = present(TargetGroups[0]?.TargetGroupArn);
  await elbv2.createListener({
    LoadBalancerArn: balancerArn,
    Protocol: "HTTP",
    Port: 80,
    DefaultActions: [{ Type: "forward", TargetGroupArn: targetGroupArn }],
  });
  return { balancerArn, targetGroupArn };
}

/** The launch template and its data, which a spoiled version changes. */
export function templateData({ imageId, serverGroupId }: Pick<ConsoleSite, "imageId" | "serverGroupId">) {
  return {
    ImageId: imageId,
    InstanceType: "t3.micro" as const,
    SecurityGroupIds: [serverGroupId],
    TagSpecifications: [{ ResourceType: "instance" as const, Tags: tagList }],
  };
}

async function buildGroup(
  { autoScaling, ec2, sns }: ConsoleClients,
  site: Network & { readonly imageId: string; readonly targetGroupArn: string },
) {
  const { LaunchTemplate } = await ec2.createLaunchTemplate({
    LaunchTemplateName: "wordpress-template",
    LaunchTemplateData: templateData(site),
  });
  const templateId = present(LaunchTemplate?.LaunchTemplateId);
  const groupName = "my-group";
  await autoScaling.createAutoScalingGroup({
    AutoScalingGroupName: groupName,
    LaunchTemplate: { LaunchTemplateId: templateId, Version: "$Latest" },
    MinSize: 1,
    DesiredCapacity: 2,
    MaxSize: 3,
    VPCZoneIdentifier: site.publicSubnets.join(","),
    TargetGroupARNs: [site.targetGroupArn],
    HealthCheckType: "ELB",
    HealthCheckGracePeriod: 10,
    Tags: tagList.map((each) => ({
      ...each,
      ResourceId: groupName,
      ResourceType: "auto-scaling-group",
      PropagateAtLaunch: true,
    })),
  });
  await autoScaling.enableMetricsCollection({ AutoScalingGroupName: groupName, Granularity: "1Minute" });
  await autoScaling.putScalingPolicy({
    AutoScalingGroupName: groupName,
    PolicyName: "cpu80",
    PolicyType: "TargetTrackingScaling",
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" },
      TargetValue: 80,
    },
  });
  const { TopicArn } = await sns.createTopic({ Name: "servers" });
  await autoScaling.putNotificationConfiguration({
    AutoScalingGroupName: groupName,
    TopicARN: TopicArn,
    NotificationTypes: ["autoscaling:EC2_INSTANCE_LAUNCH", "autoscaling:EC2_INSTANCE_TERMINATE"],
  });
  return { templateId, groupName };
}

async function buildDatabase({ rds }: ConsoleClients, network: Network) {
  await rds.createDBSubnetGroup({
    DBSubnetGroupName: "private",
    DBSubnetGroupDescription: "private",
    SubnetIds: [...network.privateSubnets],
  });
  const databaseId = "wordpress-db";
  await createDatabase(rds, { ...network, databaseId, StorageEncrypted: true });
  return { databaseId };
}

/** A database in the private subnets. */
export async function createDatabase(
  rds: RDS,
  given: {
    readonly databaseId: string;
    readonly databaseGroupId: string;
    readonly StorageEncrypted: boolean;
  },
): Promise<void> {
  await rds.createDBInstance({
    DBInstanceIdentifier: given.databaseId,
    Engine: "mariadb",
    EngineVersion: "11.4",
    DBInstanceClass: "db.t3.micro",
    AllocatedStorage: 20,
    MasterUsername: "admin",
    MasterUserPassword: "not-a-secret-1",
    DBSubnetGroupName: "private",
    VpcSecurityGroupIds: [given.databaseGroupId],
    PubliclyAccessible: false,
    StorageEncrypted: given.StorageEncrypted,
    Tags: tagList,
  });
}

const handler = "exports.handler = async () => 'started';";

async function buildFunction({ iam, lambda, eventBridge }: ConsoleClients) {
  const { Role } = await iam.createRole({
    RoleName: "LabRole",
    AssumeRolePolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    }),
  });
  const functionName = "start-servers";
  const { FunctionArn } = await lambda.createFunction({
    FunctionName: functionName,
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Role: present(Role?.Arn),
    MemorySize: 128,
    Timeout: 30,
    Code: { ZipFile: zipSync({ "index.js": new TextEncoder().encode(handler) }) },
  });
  // 09:00 in Seoul, as the Lambda console's trigger needs it: in UTC.
  const ruleName = "every-morning";
  await eventBridge.putRule({ Name: ruleName, ScheduleExpression: "cron(0 0 ? * MON-FRI *)" });
  await eventBridge.putTargets({ Rule: ruleName, Targets: [{ Id: "1", Arn: FunctionArn }] });
  return { functionName, ruleName };
}

function present(value: string | undefined): string {
  if (value === undefined) throw new Error("AWS's answer lacks an id");
  return value;
}
