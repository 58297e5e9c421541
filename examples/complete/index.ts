import * as pulumi from "@pulumi/pulumi";
import { Database, Network, ScheduledLauncher, WordPressFleet } from "wordpress-on-aws-components";

const tags = { Project: pulumi.getProject(), Stack: pulumi.getStack(), ManagedBy: "pulumi" };

const network = new Network("site", { natGateways: "single", imageBuilder: true, sharedUploads: true, tags });

const database = new Database("site", {
  backupRetentionDays: 7,
  subnetIds: network.privateSubnetIds,
  securityGroupIds: [network.databaseSecurityGroupId],
  tags,
});

const { uploadsSecurityGroupId } = network;
if (uploadsSecurityGroupId === undefined) throw new Error("A network with sharedUploads has this group.");
const uploadsPlace = { subnetIds: network.privateSubnetIds, securityGroupId: uploadsSecurityGroupId };

const fleet = new WordPressFleet("site", {
  image: { source: "bake" },
  subnets: "private",
  capacity: { min: 2, desired: 2, max: 4 },
  targetTracking: { cpuPercent: 60 },
  vpcId: network.vpcId,
  loadBalancerSubnetIds: network.publicSubnetIds,
  instanceSubnetIds: network.privateSubnetIds,
  loadBalancerSecurityGroupId: network.loadBalancerSecurityGroupId,
  instanceSecurityGroupId: network.instanceSecurityGroupId,
  uploadsPlace,
  builderPlace: network.builderPlace,
  database: {
    address: database.address,
    port: database.port,
    name: database.databaseName,
    identifier: database.identifier,
    secretArn: database.secretArn,
  },
  tags,
});

const launcher = new ScheduledLauncher("site", {
  schedule: "cron(0 9 ? * MON-FRI *)",
  timeZone: "Asia/Seoul",
  vpcId: network.vpcId,
  subnetIds: network.privateSubnetIds,
  alarmTopicArn: fleet.topicArn,
  tags,
});

export const siteUrl = fleet.url;
export const adminSecretArn = fleet.adminSecretArn;
export const launcherFunctionName = launcher.functionName;

/** What the example `typescript` takes as its setting `existing`. */
export const existing = {
  vpcId: network.vpcId,
  publicSubnetIds: network.publicSubnetIds,
  privateSubnetIds: network.privateSubnetIds,
  loadBalancerSecurityGroupId: network.loadBalancerSecurityGroupId,
  serverSecurityGroupId: network.instanceSecurityGroupId,
  uploadsSecurityGroupId,
  database: {
    address: database.address,
    port: database.port,
    name: database.databaseName,
    identifier: database.identifier,
    secretArn: database.secretArn,
  },
};
