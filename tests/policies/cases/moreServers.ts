import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { makeSite, safeInstance, world } from "./parts";

const http = { protocol: "tcp", fromPort: 80, toPort: 80 };
const option =
  (namespace: string, name: string, value: string): PolicyCase["program"] =>
  (n) =>
    new aws.elasticbeanstalk.Environment(n, { application: "web", settings: [{ namespace, name, value }] });
const launching = "aws:autoscaling:launchconfiguration";
const task = {
  taskDefinitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/t:1",
  networkConfiguration: { subnets: ["subnet-1"], assignPublicIp: true },
};
const emrFleet =
  (config: object, targets: object): PolicyCase["program"] =>
  (n) =>
    new aws.emr.InstanceFleet(n, {
      clusterId: "j-1",
      instanceTypeConfigs: [{ instanceType: "m4.large", ...config }],
      ...targets,
    });

/** A site with an instance that its load balancer has as a target. */
const withTarget = (n: string, server: (site: ReturnType<typeof makeSite>) => aws.ec2.Instance) => {
  const site = makeSite(n);
  const targetId = server(site).id;
  new aws.lb.TargetGroupAttachment(n, { targetGroupArn: site.targetGroup.arn, targetId });
};
const openGroup = (n: string, { network }: ReturnType<typeof makeSite>) =>
  new aws.ec2.SecurityGroup(`${n}-open`, {
    vpcId: network.vpc.id,
    ingress: [{ ...http, cidrBlocks: [world] }],
  });
const ownInterface = { ...safeInstance, associatePublicIpAddress: undefined };

/** Other services that start servers, and other places of their settings. */
export const moreServers: PolicyCases = {
  "ip-event-task": bad(
    "no-public-address",
    (n) =>
      new aws.cloudwatch.EventTarget(n, {
        ...{ rule: "r", arn: "arn:aws:ecs:us-east-1:123456789012:cluster/c", roleArn: "r", ecsTarget: task },
      }),
  ),
  "ip-scheduled-task": bad(
    "no-public-address",
    (n) =>
      new aws.scheduler.Schedule(n, {
        ...{ scheduleExpression: "rate(1 hour)", flexibleTimeWindow: { mode: "OFF" } },
        target: {
          arn: "arn:aws:ecs:us-east-1:123456789012:cluster/c",
          roleArn: "r",
          ecsParameters: task,
        },
      }),
  ),
  "ip-beanstalk": bad("no-public-address", option("aws:ec2:vpc", "AssociatePublicIpAddress", "True")),
  "ip-lightsail-static": bad(
    "no-public-address",
    (n) => new aws.lightsail.StaticIpAttachment(n, { instanceName: "web", staticIpName: "ip" }),
  ),
  "imds-beanstalk": bad("imdsv2", option(launching, "DisableIMDSv1", "false")),
  "imds-notebook": bad(
    "imdsv2",
    (n) =>
      new aws.sagemaker.NotebookInstance(n, {
        ...{ instanceType: "ml.t3.medium", roleArn: "arn:aws:iam::123456789012:role/r" },
        instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "1" },
      }),
  ),
  "fp-imds-notebook": good(
    (n) =>
      new aws.sagemaker.NotebookInstance(n, {
        ...{ instanceType: "ml.t3.medium", roleArn: "arn:aws:iam::123456789012:role/r" },
        instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "2" },
      }),
  ),
  "fp-imds-beanstalk": good(option(launching, "DisableIMDSv1", "true")),
  "ebs-copied-by-policy": bad(
    "encrypted-volumes",
    (n) =>
      new aws.dlm.LifecyclePolicy(n, {
        ...{ description: "daily", executionRoleArn: "arn:aws:iam::123456789012:role/r" },
        policyDetails: {
          schedules: [
            {
              name: "daily",
              createRule: { interval: 24 },
              retainRule: { count: 7 },
              crossRegionCopyRules: [{ target: "us-west-2", encrypted: false }],
            },
          ],
        },
      }),
  ),
  "order-scheduled-target": bad(
    "capacity-in-order",
    (n) =>
      new aws.appautoscaling.ScheduledAction(n, {
        ...{ resourceId: "service/c/s", scalableDimension: "ecs:service:DesiredCount" },
        ...{ serviceNamespace: "ecs", schedule: "rate(1 hour)" },
        scalableTargetAction: { minCapacity: 4, maxCapacity: 2 },
      }),
  ),
  "ssh-beanstalk": bad(
    "no-ports-open-to-world",
    option(launching, "SSHSourceRestriction", `tcp, 22, 22, ${world}`),
  ),
  "fp-ssh-beanstalk": good(option(launching, "SSHSourceRestriction", "tcp, 22, 22, 203.0.113.7/32")),
  "http-instance-interface": bad("http-only-from-load-balancer", (n) => {
    withTarget(n, (site) => {
      const own = new aws.ec2.NetworkInterface(n, {
        subnetId: site.network.c.id,
        securityGroups: [openGroup(n, site).id],
      });
      const networkInterfaces = [{ deviceIndex: 0, networkInterfaceId: own.id }];
      return new aws.ec2.Instance(n, { ...ownInterface, networkInterfaces });
    });
  }),
  "http-attached-group": bad("http-only-from-load-balancer", (n) => {
    withTarget(n, (site) => {
      const server = new aws.ec2.Instance(n, { ...safeInstance, vpcSecurityGroupIds: [site.serverGroup.id] });
      new aws.ec2.NetworkInterfaceSecurityGroupAttachment(n, {
        networkInterfaceId: server.primaryNetworkInterfaceId,
        securityGroupId: openGroup(n, site).id,
      });
      return server;
    });
  }),
  "http-classic-instances": bad("http-only-from-load-balancer", (n) => {
    const site = makeSite(n);
    const server = new aws.ec2.Instance(n, {
      ...safeInstance,
      vpcSecurityGroupIds: [openGroup(n, site).id],
    });
    new aws.elb.LoadBalancer(n, {
      ...{ subnets: [site.network.a.id, site.network.b.id], instances: [server.id] },
      listeners: [{ instancePort: 80, instanceProtocol: "http", lbPort: 80, lbProtocol: "http" }],
    });
  }),
  "fp-http-instance-target": good((n) => {
    withTarget(
      n,
      (site) => new aws.ec2.Instance(n, { ...safeInstance, vpcSecurityGroupIds: [site.serverGroup.id] }),
    );
  }),

  "lab-spot-emr-fleet": bad("lab-on-demand-only", emrFleet({}, { targetSpotCapacity: 2 })),
  "lab-spot-beanstalk": bad("lab-on-demand-only", option("aws:ec2:instances", "EnableSpot", "true")),
  "lab-size-emr-fleet": bad("lab-instance-sizes", emrFleet({ instanceType: "m5.4xlarge" }, {})),
  "lab-size-beanstalk": bad(
    "lab-instance-sizes",
    option("aws:ec2:instances", "InstanceTypes", "t3.micro,m5.4xlarge"),
  ),
  "lab-count-emr-fleet": bad("lab-server-count", emrFleet({}, { targetOnDemandCapacity: 12 })),
  "fp-lab-emr-fleet": good(emrFleet({}, { targetOnDemandCapacity: 2 }), "lab-on-demand-only"),
};
