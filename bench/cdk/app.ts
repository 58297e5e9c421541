// The architecture of index.ts and the `local` stack, as a CDK user would write it. Only measured, never deployed.
import { App, Duration, RemovalPolicy, Stack, Tags, Validations } from "aws-cdk-lib";
import * as autoscaling from "aws-cdk-lib/aws-autoscaling";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import * as actions from "aws-cdk-lib/aws-cloudwatch-actions";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as elbv2 from "aws-cdk-lib/aws-elasticloadbalancingv2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as destinations from "aws-cdk-lib/aws-lambda-destinations";
import * as logs from "aws-cdk-lib/aws-logs";
import * as rds from "aws-cdk-lib/aws-rds";
import * as scheduler from "aws-cdk-lib/aws-scheduler";
import * as targets from "aws-cdk-lib/aws-scheduler-targets";
import * as sns from "aws-cdk-lib/aws-sns";
import * as sqs from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks } from "cdk-nag";

const app = new App();
const stack = new Stack(app, "wordpress", { env: { account: "123456789012", region: "us-east-1" } });
Tags.of(stack).add("Project", "wordpress");

const vpc = new ec2.Vpc(stack, "Vpc", {
  ipAddresses: ec2.IpAddresses.cidr("10.20.0.0/16"),
  availabilityZones: ["us-east-1a", "us-east-1b"],
  natGateways: 0,
  subnetConfiguration: [
    { name: "public", subnetType: ec2.SubnetType.PUBLIC, cidrMask: 20, mapPublicIpOnLaunch: false },
    { name: "private", subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 20 },
  ],
});

const balancerGroup = new ec2.SecurityGroup(stack, "BalancerGroup", { vpc, allowAllOutbound: false });
const serverGroup = new ec2.SecurityGroup(stack, "ServerGroup", { vpc, allowAllOutbound: false });
const databaseGroup = new ec2.SecurityGroup(stack, "DatabaseGroup", { vpc, allowAllOutbound: false });
const connectGroup = new ec2.SecurityGroup(stack, "ConnectGroup", { vpc, allowAllOutbound: false });
balancerGroup.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(80));
balancerGroup.addEgressRule(serverGroup, ec2.Port.tcp(80));
serverGroup.addIngressRule(balancerGroup, ec2.Port.tcp(80));
serverGroup.addIngressRule(connectGroup, ec2.Port.tcp(22));
connectGroup.addEgressRule(serverGroup, ec2.Port.tcp(22));
databaseGroup.addIngressRule(serverGroup, ec2.Port.tcp(3306));
vpc.addInterfaceEndpoint("Secrets", {
  service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
});
new ec2.CfnInstanceConnectEndpoint(stack, "Connect", {
  subnetId: vpc.isolatedSubnets[0]!.subnetId,
  securityGroupIds: [connectGroup.securityGroupId],
});
for (const [id, subnetType] of [
  ["PublicAcl", ec2.SubnetType.PUBLIC],
  ["PrivateAcl", ec2.SubnetType.PRIVATE_ISOLATED],
] as const) {
  const acl = new ec2.NetworkAcl(stack, id, { vpc, subnetSelection: { subnetType } });
  for (const [index, [from, to]] of [
    [80, 80],
    [443, 443],
    [22, 22],
    [3306, 3306],
    [1024, 65535],
  ].entries()) {
    for (const direction of [ec2.TrafficDirection.INGRESS, ec2.TrafficDirection.EGRESS]) {
      acl.addEntry(`${direction}-${index}`, {
        ruleNumber: 100 + index,
        cidr: ec2.AclCidr.anyIpv4(),
        traffic: ec2.AclTraffic.tcpPortRange(from!, to!),
        direction,
      });
    }
  }
}

const database = new rds.DatabaseInstance(stack, "Database", {
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  securityGroups: [databaseGroup],
  engine: rds.DatabaseInstanceEngine.mariaDb({ version: rds.MariaDbEngineVersion.VER_11_4_8 }),
  instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MICRO),
  allocatedStorage: 20,
  storageEncrypted: true,
  databaseName: "wordpress",
  parameters: { require_secure_transport: "1" },
  removalPolicy: RemovalPolicy.DESTROY,
});

const topic = new sns.Topic(stack, "Topic", { enforceSSL: true });
const role = new iam.Role(stack, "ServerRole", { assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com") });
database.secret!.grantRead(role);
const template = new ec2.LaunchTemplate(stack, "Template", {
  instanceType: new ec2.InstanceType("t3.micro"),
  machineImage: ec2.MachineImage.genericLinux({ "us-east-1": "ami-0123456789abcdef0" }),
  securityGroup: serverGroup,
  role,
  requireImdsv2: true,
  detailedMonitoring: true,
  associatePublicIpAddress: false,
  blockDevices: [
    { deviceName: "/dev/xvda", volume: autoscaling.BlockDeviceVolume.ebs(8, { encrypted: true }) },
  ],
});
const group = new autoscaling.AutoScalingGroup(stack, "Group", {
  vpc,
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  launchTemplate: template,
  minCapacity: 1,
  maxCapacity: 4,
  groupMetrics: [autoscaling.GroupMetrics.all()],
  healthChecks: autoscaling.HealthChecks.withAdditionalChecks({
    additionalTypes: [autoscaling.AdditionalHealthCheckType.ELB],
    gracePeriod: Duration.minutes(5),
  }),
  notifications: [{ topic }],
});
group.scaleOnCpuUtilization("Cpu", { targetUtilizationPercent: 80 });
group.scaleOnSchedule("Sale", {
  schedule: autoscaling.Schedule.expression("0 8 * * MON-FRI"),
  timeZone: "Asia/Seoul",
  minCapacity: 2,
  desiredCapacity: 3,
  maxCapacity: 4,
});
group.scaleOnSchedule("After", {
  schedule: autoscaling.Schedule.expression("0 20 * * MON-FRI"),
  timeZone: "Asia/Seoul",
  minCapacity: 1,
  desiredCapacity: 1,
  maxCapacity: 4,
});

const balancer = new elbv2.ApplicationLoadBalancer(stack, "Balancer", {
  vpc,
  internetFacing: true,
  securityGroup: balancerGroup,
  dropInvalidHeaderFields: true,
});
const listener = balancer.addListener("Http", { port: 80, open: false });
const targetGroup = listener.addTargets("Servers", {
  port: 80,
  targets: [group],
  targetGroupName: "wordpress-servers",
  healthCheck: { path: "/healthz", healthyHttpCodes: "200" },
});
for (const [id, metric] of [
  ["Unhealthy", targetGroup.metrics.unhealthyHostCount()],
  ["Errors", targetGroup.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT)],
] as const) {
  new cloudwatch.Alarm(stack, id, { metric, threshold: 1, evaluationPeriods: 2 }).addAlarmAction(
    new actions.SnsAction(topic),
  );
}

const deadLetters = new sqs.Queue(stack, "DeadLetters", { enforceSSL: true });
const results = new sqs.Queue(stack, "Results", {
  enforceSSL: true,
  deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 },
});
const launcher = new lambda.Function(stack, "Launcher", {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: "index.handler",
  code: lambda.Code.fromInline("exports.handler = async () => ({})"),
  memorySize: 256,
  timeout: Duration.seconds(60),
  logGroup: new logs.LogGroup(stack, "LauncherLogs", { retention: logs.RetentionDays.TWO_WEEKS }),
  onSuccess: new destinations.SqsDestination(results),
  onFailure: new destinations.SqsDestination(deadLetters),
});
launcher.addToRolePolicy(
  new iam.PolicyStatement({ actions: ["ec2:RunInstances", "ec2:CreateTags"], resources: ["*"] }),
);
for (const id of ["Launch", "Sweep"]) {
  new scheduler.Schedule(stack, id, {
    schedule: scheduler.ScheduleExpression.expression("cron(0 9 ? * MON-FRI *)"),
    target: new targets.LambdaInvoke(launcher, { deadLetterQueue: deadLetters, retryAttempts: 3 }),
  });
}

Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
