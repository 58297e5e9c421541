import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";

import { dependencies } from "../../../package.json";

/** Parts of programs that pass every rule; a program changes one thing. Ids are literals where it needs no other resource. */
export const world = "0.0.0.0/0";

export const safeInstance = {
  ami: "ami-1",
  instanceType: "t3.micro",
  associatePublicIpAddress: false,
  metadataOptions: { httpTokens: "required" },
  rootBlockDevice: { encrypted: true },
};

/** A launch template with one security group, without a public address, with IMDSv2 and an encrypted volume. */
export function makeTemplate(
  name: string,
  securityGroup: Input<string>,
  changed: Partial<aws.ec2.LaunchTemplateArgs> = {},
) {
  return new aws.ec2.LaunchTemplate(name, {
    imageId: "ami-1",
    instanceType: "t3.micro",
    metadataOptions: { httpTokens: "required" },
    networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: [securityGroup] }],
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }],
    ...changed,
  });
}

/** A VPC with two public subnets (`a`, `b`), two private ones (`c`, `d`) and their route tables. */
export function makeNetwork(name: string) {
  const vpc = new aws.ec2.Vpc(name, { cidrBlock: "10.0.0.0/16" });
  const gateway = new aws.ec2.InternetGateway(name, { vpcId: vpc.id });
  const publicTable = new aws.ec2.RouteTable(`${name}-public`, { vpcId: vpc.id });
  new aws.ec2.Route(`${name}-public`, {
    routeTableId: publicTable.id,
    destinationCidrBlock: world,
    gatewayId: gateway.id,
  });
  const privateTable = new aws.ec2.RouteTable(`${name}-private`, { vpcId: vpc.id });
  /** A subnet; without a table it uses the VPC's main table. */
  const makeSubnet = (suffix: string, availabilityZone: string, table?: aws.ec2.RouteTable) => {
    const subnet = new aws.ec2.Subnet(`${name}-${suffix}`, {
      ...{ vpcId: vpc.id, cidrBlock: "10.0.1.0/24", availabilityZone },
    });
    if (table !== undefined) {
      new aws.ec2.RouteTableAssociation(`${name}-${suffix}`, { subnetId: subnet.id, routeTableId: table.id });
    }
    return subnet;
  };
  return {
    vpc,
    gateway,
    publicTable,
    privateTable,
    makeSubnet,
    a: makeSubnet("a", "us-east-1a", publicTable),
    b: makeSubnet("b", "us-east-1b", publicTable),
    c: makeSubnet("c", "us-east-1a", privateTable),
    d: makeSubnet("d", "us-east-1b", privateTable),
  };
}

export type Network = ReturnType<typeof makeNetwork>;

/** An Auto Scaling group with the load balancer's health checks. */
export function makeGroup(
  name: string,
  template: aws.ec2.LaunchTemplate,
  vpcZoneIdentifiers: aws.autoscaling.GroupArgs["vpcZoneIdentifiers"],
  changed: Partial<aws.autoscaling.GroupArgs> = {},
) {
  return new aws.autoscaling.Group(name, {
    minSize: 2,
    maxSize: 4,
    protectFromScaleIn: true,
    healthCheckType: "ELB",
    vpcZoneIdentifiers: vpcZoneIdentifiers ?? [],
    launchTemplate: { id: template.id, version: "$Latest" },
    ...changed,
  });
}

/** The resources of a site that a change of it can use. */
interface SiteParts {
  readonly network: Network;
  readonly serverGroup: aws.ec2.SecurityGroup;
  readonly balancerGroup: aws.ec2.SecurityGroup;
  readonly targetGroup: aws.lb.TargetGroup;
}

interface SiteChanges {
  readonly template?: (parts: SiteParts) => Partial<aws.ec2.LaunchTemplateArgs>;
  readonly group?: (parts: SiteParts) => Partial<aws.autoscaling.GroupArgs>;
  readonly withoutHttps?: boolean;
  readonly withoutAlarm?: boolean;
}

/** A compliant site: a load balancer with an HTTPS listener, a fleet in two private subnets, an alarm. */
export function makeSite(name: string, changes: SiteChanges = {}) {
  const network = makeNetwork(name);
  const { vpc } = network;
  const balancerGroup = new aws.ec2.SecurityGroup(`${name}-balancer`, { vpcId: vpc.id });
  new aws.vpc.SecurityGroupIngressRule(`${name}-balancer`, {
    securityGroupId: balancerGroup.id,
    ...{ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: world },
  });
  const serverGroup = new aws.ec2.SecurityGroup(`${name}-servers`, { vpcId: vpc.id });
  new aws.vpc.SecurityGroupIngressRule(`${name}-servers`, {
    securityGroupId: serverGroup.id,
    referencedSecurityGroupId: balancerGroup.id,
    ...{ ipProtocol: "tcp", fromPort: 80, toPort: 80 },
  });
  const balancer = new aws.lb.LoadBalancer(name, {
    loadBalancerType: "application",
    securityGroups: [balancerGroup.id],
    subnets: [network.a.id, network.b.id],
    enableDeletionProtection: true,
  });
  const targetGroup = new aws.lb.TargetGroup(name, { port: 80, protocol: "HTTP", vpcId: vpc.id });
  if (changes.withoutHttps !== true) {
    new aws.lb.Listener(`${name}-https`, {
      loadBalancerArn: balancer.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
      defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
    });
  }
  const parts: SiteParts = { network, serverGroup, balancerGroup, targetGroup };
  const template = makeTemplate(name, serverGroup.id, changes.template?.(parts));
  const group = makeGroup(name, template, [network.c.id, network.d.id], {
    targetGroupArns: [targetGroup.arn],
    ...changes.group?.(parts),
  });
  if (changes.withoutAlarm !== true) {
    new aws.cloudwatch.MetricAlarm(name, {
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      namespace: "AWS/ApplicationELB",
      metricName: "UnHealthyHostCount",
      threshold: 0,
      alarmActions: ["arn:aws:sns:us-east-1:123456789012:alarms"],
    });
  }
  return { ...parts, balancer, template, group };
}

/** A policy document with statements that allow, unless they have another effect. */
export function policyDocument(...statements: readonly object[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });
}

/** A fleet without a load balancer. */
export function makeFleet(name: string, network: Network, changed: Partial<aws.autoscaling.GroupArgs> = {}) {
  const servers = new aws.ec2.SecurityGroup(`${name}-fleet`, { vpcId: network.vpc.id });
  const template = makeTemplate(`${name}-fleet`, servers.id);
  return makeGroup(`${name}-fleet`, template, [network.c.id, network.d.id], {
    ...{ healthCheckType: "EC2", ...changed },
  });
}

/** A function from a callback, without the repository's packages. */
export function makeCallback(name: string, role?: string) {
  return new aws.lambda.CallbackFunction(name, {
    callback: () => Promise.resolve(1),
    codePathOptions: { extraExcludePackages: Object.keys(dependencies) },
    ...(role === undefined ? {} : { role }),
  });
}

/** The subnets of a second fleet. */
export const zones = ({ network }: ReturnType<typeof makeSite>) => ({
  healthCheckType: "ELB",
  vpcZoneIdentifiers: [network.c.id, network.d.id],
});
