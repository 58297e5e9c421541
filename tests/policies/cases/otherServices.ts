import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { world } from "./parts";

/** What further services of AWS can express of the same concepts, and resources that no rule sees. */
export const otherServices: PolicyCases = {
  "cfn-open": bad(
    "no-hidden-resources",
    (n) =>
      new aws.cloudformation.Stack(n, {
        templateBody: JSON.stringify({
          Resources: {
            Sg: {
              Type: "AWS::EC2::SecurityGroup",
              Properties: {
                GroupDescription: "d",
                SecurityGroupIngress: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIp: world }],
              },
            },
          },
        }),
      }),
  ),
  "cfn-stackset": bad(
    "no-hidden-resources",
    (n) => new aws.cloudformation.StackSet(n, { templateBody: JSON.stringify({ Resources: {} }) }),
  ),
  cloudcontrol: bad(
    "no-hidden-resources",
    (n) =>
      new aws.cloudcontrol.Resource(n, {
        typeName: "AWS::EC2::SecurityGroup",
        desiredState: JSON.stringify({
          GroupDescription: "d",
          SecurityGroupIngress: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIp: world }],
        }),
      }),
  ),
  servicecatalog: bad(
    "no-hidden-resources",
    (n) => new aws.servicecatalog.ProvisionedProduct(n, { productName: "p", provisioningArtifactName: "v" }),
  ),
  gamelift: bad(
    "no-ports-open-to-world",
    (n) =>
      new aws.gamelift.Fleet(n, {
        ec2InstanceType: "c5.large",
        ec2InboundPermissions: [{ fromPort: 22, toPort: 22, ipRange: world, protocol: "TCP" }],
      }),
  ),
  "cloud9-ssh": bad(
    "no-public-address",
    (n) =>
      new aws.cloud9.EnvironmentEC2(n, {
        instanceType: "t3.micro",
        imageId: "amazonlinux-2023-x86_64",
        connectionType: "CONNECT_SSH",
      }),
  ),
  "mq-public": bad(
    "no-public-address",
    (n) =>
      new aws.mq.Broker(n, {
        brokerName: "b",
        engineType: "RabbitMQ",
        engineVersion: "3.13",
        hostInstanceType: "mq.m5.large",
        publiclyAccessible: true,
        users: [{ username: "u", password: "from-a-secret" }],
      }),
  ),
  "msk-public": bad(
    "no-public-address",
    (n) =>
      new aws.msk.Cluster(n, {
        clusterName: "c",
        kafkaVersion: "3.6.0",
        numberOfBrokerNodes: 2,
        brokerNodeGroupInfo: {
          clientSubnets: ["a", "b"],
          instanceType: "kafka.t3.small",
          securityGroups: ["s"],
          connectivityInfo: { publicAccess: { type: "SERVICE_PROVIDED_EIPS" } },
        },
      }),
  ),
  "emr-block-off": bad(
    "no-ports-open-to-world",
    (n) => new aws.emr.BlockPublicAccessConfiguration(n, { blockPublicSecurityGroupRules: false }),
  ),
  "ingress-http2-any": bad(
    "no-ports-open-to-world",
    (n) =>
      new aws.vpc.SecurityGroupIngressRule(n, {
        securityGroupId: "sg",
        ipProtocol: "udp",
        fromPort: 0,
        toPort: 65535,
        cidrIpv4: world,
      }),
  ),
  "ingress-db-redis": bad(
    "no-ports-open-to-world",
    (n) =>
      new aws.vpc.SecurityGroupIngressRule(n, {
        securityGroupId: "sg",
        ipProtocol: "tcp",
        fromPort: 6379,
        toPort: 6379,
        cidrIpv4: world,
      }),
  ),
  "ingress-docker": bad(
    "no-ports-open-to-world",
    (n) =>
      new aws.vpc.SecurityGroupIngressRule(n, {
        securityGroupId: "sg",
        ipProtocol: "tcp",
        fromPort: 2375,
        toPort: 2375,
        cidrIpv4: world,
      }),
  ),
  "ingress-kube": bad(
    "no-ports-open-to-world",
    (n) =>
      new aws.vpc.SecurityGroupIngressRule(n, {
        securityGroupId: "sg",
        ipProtocol: "tcp",
        fromPort: 10250,
        toPort: 10250,
        cidrIpv4: world,
      }),
  ),
  "ingress-nfs": bad(
    "no-ports-open-to-world",
    (n) =>
      new aws.vpc.SecurityGroupIngressRule(n, {
        securityGroupId: "sg",
        ipProtocol: "tcp",
        fromPort: 2049,
        toPort: 2049,
        cidrIpv4: world,
      }),
  ),
  "ingress-mongo": bad(
    "no-ports-open-to-world",
    (n) =>
      new aws.vpc.SecurityGroupIngressRule(n, {
        securityGroupId: "sg",
        ipProtocol: "tcp",
        fromPort: 27017,
        toPort: 27017,
        cidrIpv4: "0.0.0.0/2",
      }),
  ),
  "order-scalingplan": bad(
    "capacity-in-order",
    (n) =>
      new aws.autoscalingplans.ScalingPlan(n, {
        applicationSource: { tagFilters: [{ key: "a" }] },
        scalingInstructions: [
          {
            minCapacity: 5,
            maxCapacity: 2,
            resourceId: "autoScalingGroup/x",
            scalableDimension: "autoscaling:autoScalingGroup:DesiredCapacity",
            serviceNamespace: "autoscaling",
            targetTrackingConfigurations: [{ targetValue: 50 }],
          },
        ],
      }),
  ),
  "db-docdb-plain": bad(
    "encrypted-database",
    (n) =>
      new aws.docdb.Cluster(n, {
        masterUsername: "u",
        manageMasterUserPassword: true,
        storageEncrypted: false,
      }),
  ),
  "db-neptune-unset": bad("encrypted-database", (n) => new aws.neptune.Cluster(n, {})),
  "db-dax": bad(
    "encrypted-database",
    (n) =>
      new aws.dax.Cluster(n, {
        clusterName: "c",
        iamRoleArn: "r",
        nodeType: "dax.t3.small",
        replicationFactor: 1,
      }),
  ),
  "db-opensearch": bad("encrypted-database", (n) => new aws.opensearch.Domain(n, { domainName: "d" })),
  "db-elasticache": bad(
    "encrypted-database",
    (n) => new aws.elasticache.ReplicationGroup(n, { description: "d" }),
  ),
  "fn-dotnet": bad(
    "lambda-runtime",
    (n) =>
      new aws.lambda.Function(n, {
        role: "r",
        runtime: "dotnet6",
        handler: "h",
        s3Bucket: "b",
        s3Key: "k",
        timeout: 10,
      }),
  ),
  "fn-python38": bad(
    "lambda-runtime",
    (n) =>
      new aws.lambda.Function(n, {
        role: "r",
        runtime: "python3.8",
        handler: "h",
        s3Bucket: "b",
        s3Key: "k",
        timeout: 10,
      }),
  ),
  "sched-dlm": bad(
    "schedules-can-fire",
    (n) =>
      new aws.dlm.LifecyclePolicy(n, {
        description: "d",
        executionRoleArn: "r",
        state: "ENABLED",
        policyDetails: {
          resourceTypes: ["VOLUME"],
          targetTags: { a: "b" },
          schedules: [
            { name: "s", createRule: { cronExpression: "cron(0 0 31 2 ? *)" }, retainRule: { count: 1 } },
          ],
        },
      }),
  ),
  "sched-canary": bad(
    "schedules-can-fire",
    (n) =>
      new aws.synthetics.Canary(n, {
        artifactS3Location: "s3://b",
        executionRoleArn: "r",
        handler: "h",
        runtimeVersion: "syn-nodejs-puppeteer-9.0",
        schedule: { expression: "cron(0 0 31 2 ? *)" },
        zipFile: "x.zip",
      }),
  ),
  "sched-pipeline": bad(
    "schedules-can-fire",
    (n) =>
      new aws.imagebuilder.ImagePipeline(n, {
        infrastructureConfigurationArn: "i",
        imageRecipeArn: "r",
        schedule: { scheduleExpression: "cron(0 0 31 2 ? *)" },
      }),
  ),
  "sched-past-year": bad(
    "schedules-can-fire",
    (n) =>
      new aws.scheduler.Schedule(n, {
        scheduleExpression: "cron(0 0 1 1 ? 2020)",
        flexibleTimeWindow: { mode: "OFF" },
        target: { arn: "a", roleArn: "r" },
      }),
  ),
  "imds-hop-eks": bad("imdsv2", (n) => new aws.ec2.InstanceMetadataDefaults(n, { httpTokens: "optional" })),
  "ebs-volume-recipe": bad(
    "encrypted-volumes",
    (n) =>
      new aws.imagebuilder.ContainerRecipe(n, {
        containerType: "DOCKER",
        parentImage: "p",
        version: "1.0.0",
        components: [{ componentArn: "c" }],
        targetRepository: { repositoryName: "r", service: "ECR" },
        instanceConfiguration: {
          blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 10 } }],
        },
      }),
  ),
  "ebs-workspaces": bad(
    "encrypted-volumes",
    (n) => new aws.workspaces.Workspace(n, { bundleId: "b", directoryId: "d", userName: "u" }),
  ),
  "ebs-ecs-service": bad(
    "encrypted-volumes",
    (n) =>
      new aws.ecs.Service(n, {
        taskDefinition: "t",
        volumeConfiguration: { name: "v", managedEbsVolume: { roleArn: "r", encrypted: false, sizeInGb: 5 } },
      }),
  ),
  "fp-more-emr-block": good(
    (n) =>
      new aws.emr.BlockPublicAccessConfiguration(n, {
        blockPublicSecurityGroupRules: true,
        permittedPublicSecurityGroupRuleRanges: [{ minRange: 443, maxRange: 443 }],
      }),
  ),
  "fp-more-sched-leap": good(
    (n) =>
      new aws.scheduler.Schedule(n, {
        scheduleExpression: "cron(0 0 29 2 ? *)",
        flexibleTimeWindow: { mode: "OFF" },
        target: { arn: "a", roleArn: "r" },
      }),
  ),
  "fp-more-canary": good(
    (n) =>
      new aws.synthetics.Canary(n, {
        artifactS3Location: "s3://b",
        executionRoleArn: "r",
        handler: "h",
        runtimeVersion: "syn-nodejs-puppeteer-9.0",
        schedule: { expression: "rate(0 minute)" },
        zipFile: "x.zip",
      }),
  ),
  "fp-more-elasticache": good(
    (n) =>
      new aws.elasticache.ReplicationGroup(n, {
        description: "d",
        atRestEncryptionEnabled: true,
        transitEncryptionEnabled: true,
      }),
  ),
  "fp-more-ingress-quic": good(
    (n) =>
      new aws.vpc.SecurityGroupIngressRule(n, {
        securityGroupId: "sg",
        ipProtocol: "udp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: world,
      }),
  ),
  "fp-more-cloud9": good(
    (n) =>
      new aws.cloud9.EnvironmentEC2(n, {
        instanceType: "t3.micro",
        imageId: "amazonlinux-2023-x86_64",
        connectionType: "CONNECT_SSM",
      }),
  ),
};
