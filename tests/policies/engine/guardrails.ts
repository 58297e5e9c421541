import { Schedule, type ScheduleArgs } from "@pulumi/aws/autoscaling";
import { Stack } from "@pulumi/aws/cloudformation";
import { LogGroup } from "@pulumi/aws/cloudwatch";
import { AmiLaunchPermission, SecurityGroup } from "@pulumi/aws/ec2";
import { FileSystem } from "@pulumi/aws/efs";
import { Role, RolePolicy } from "@pulumi/aws/iam";
import { FunctionUrl } from "@pulumi/aws/lambda";
import { BucketAcl } from "@pulumi/aws/s3";
import { Topic } from "@pulumi/aws/sns";
import { SecurityGroupIngressRule, type SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc";
import { asset } from "@pulumi/pulumi";

import {
  makeDatabase,
  makeFleet,
  makeGroup,
  makeImage,
  makeLauncher,
  makeServer,
  makeSubnets,
  tags,
  vpcId,
} from "./parts";
import type { RefusedPrograms, Thresholds } from "./program";

const megabyte = 1_048_576;

export const guardrailsThresholds: Thresholds = {
  "lambda-timeout": { maximumTimeoutSeconds: 60 },
  "lambda-package": { maximumUnzippedMiB: 1 },
};

const policyThatAllows = (action: string, resource: string) => () =>
  new RolePolicy("allow", {
    role: "servers",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: action, Resource: resource }],
    }),
  });

const letIn = (port: number, from: Partial<SecurityGroupIngressRuleArgs>) => () =>
  new SecurityGroupIngressRule("open", {
    securityGroupId: "sg-0a0a0a0a",
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    tags,
    ...from,
  });

const scheduled = (changed: Partial<ScheduleArgs>) => () =>
  new Schedule("sale", {
    ...{ autoscalingGroupName: "fleet", scheduledActionName: "sale" },
    ...{ minSize: 2, desiredCapacity: 2, maxSize: 2 },
    ...changed,
  });

/** One program for each rule of the pack. */
export const refusedByGuardrails: RefusedPrograms = {
  "no-public-address": {
    program: () => makeServer({ networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
  },
  "builder-closed": {
    program: () => {
      const group = new SecurityGroup("builder", { vpcId, tags });
      letIn(22, { securityGroupId: group.id, cidrIpv4: "203.0.113.7/32" })();
      makeImage({ securityGroupId: group.id });
    },
  },
  "no-public-subnet-default": { program: () => makeSubnets({ mapPublicIpOnLaunch: true }) },
  "http-only-from-load-balancer": {
    program: () => {
      const { securityGroup } = makeFleet();
      letIn(80, { securityGroupId: securityGroup.id, cidrIpv4: "0.0.0.0/0" })();
    },
  },
  "no-ports-open-to-world": { program: letIn(22, { cidrIpv6: "::/0" }) },
  "no-prefix-lists-open-to-world": { program: letIn(3306, { prefixListId: "pl-0a0a0a0a" }) },
  "several-zones": {
    program: () => {
      const subnets = makeSubnets({ availabilityZone: "us-east-1a" });
      makeGroup({ vpcZoneIdentifiers: subnets.map(({ id }) => id) });
    },
  },
  "load-balancer-health-checks": {
    program: () => {
      const targetGroup = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/servers/0a0a";
      const vpcZoneIdentifiers = makeSubnets().map(({ id }) => id);
      makeGroup({ healthCheckType: "EC2", targetGroupArns: [targetGroup], vpcZoneIdentifiers });
    },
  },
  "capacity-in-order": { program: scheduled({ recurrence: "0 8 * * *", desiredCapacity: 5, maxSize: 4 }) },
  imdsv2: { program: () => makeServer({ metadataOptions: { httpTokens: "optional" } }) },
  "encrypted-volumes": {
    program: () => makeServer({ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 8 } }] }),
  },
  "no-public-images": {
    foreign: true,
    program: () => new AmiLaunchPermission("partner", { imageId: "ami-0a0a0a0a", group: "all" }),
  },
  "database-not-public": { program: () => makeDatabase({ publiclyAccessible: true }) },
  "database-in-private-subnets": { program: () => makeDatabase({}) },
  "database-password": {
    program: () => makeDatabase({ manageMasterUserPassword: false, password: "correct horse" }),
  },
  "encrypted-database": { program: () => makeDatabase({ storageEncrypted: false }) },
  "encrypted-file-system": { program: () => new FileSystem("uploads", { encrypted: false, tags }) },
  "file-system-in-each-zone": {
    program: () => {
      makeFleet();
      new FileSystem("uploads", { encrypted: true, tags });
    },
  },
  "lambda-memory": { program: () => makeLauncher({ memorySize: 4_096 }) },
  "lambda-timeout": { program: () => makeLauncher({ timeout: 61 }) },
  "lambda-package": {
    program: () => {
      const large = new asset.StringAsset("/".repeat(megabyte + 1));
      const logs = new LogGroup("launcher", { retentionInDays: 7, tags });
      makeLauncher({
        code: new asset.AssetArchive({ "index.js": large }),
        loggingConfig: { logFormat: "Text", logGroup: logs.name },
      });
    },
  },
  "lambda-runtime": { program: () => makeLauncher({ runtime: "nodejs20.x" }) },
  "lambda-log-retention": { program: () => new LogGroup("launcher", { retentionInDays: 0, tags }) },
  "schedules-can-fire": { program: scheduled({ recurrence: "0 8 31 2 *" }) },
  "iam-no-star-on-star": { program: policyThatAllows("s3:*", "*") },
  "iam-pass-role-scoped": { program: policyThatAllows("iam:PassRole", "*") },
  "iam-mail-sender-fixed": { program: policyThatAllows("ses:SendEmail", "*") },
  "iam-trust-not-open": {
    program: () =>
      new Role("open", {
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } }],
        }),
        tags,
      }),
  },
  "no-public-buckets": {
    program: () => new BucketAcl("open", { bucket: "backups", acl: "public-read" }),
    foreign: true,
  },
  "no-public-resource-policies": {
    program: () =>
      new Topic("open", {
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sns:Publish", Principal: "*", Resource: "*" }],
        }),
        tags,
      }),
  },
  "function-url-auth": {
    program: () => new FunctionUrl("open", { functionName: "launcher", authorizationType: "NONE" }),
  },
  "no-plain-secrets": {
    program: () => makeLauncher({ environment: { variables: { DB_PASSWORD: "hunter2" } } }),
  },
  "no-hidden-resources": {
    program: () => new Stack("hidden", { templateBody: JSON.stringify({ Resources: {} }), tags }),
    foreign: true,
  },
  "required-tags": { program: () => new Topic("alarms", { tags: { Project: "wordpress" } }) },
};
