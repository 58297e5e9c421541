import type * as aws from "@pulumi/aws";
import { Group } from "@pulumi/aws/autoscaling";
import {
  LaunchTemplate,
  SecurityGroup,
  Subnet,
  type LaunchTemplateArgs,
  type SubnetArgs,
} from "@pulumi/aws/ec2";
import { Function as LambdaFunction, type FunctionArgs } from "@pulumi/aws/lambda";
import { Instance, type InstanceArgs } from "@pulumi/aws/rds";
import { asset } from "@pulumi/pulumi";

import {
  GoldenImage,
  type GoldenImageArgs,
} from "../../../components/wordpressFleet/goldenImage/goldenImage";

/**
 * The parts of the programs. Each part passes every rule about single resources; a program changes one property. Ids are
 * literals where the program needs no other resource.
 */
export const tags = { Project: "wordpress", Stack: "test", ManagedBy: "pulumi" };

export const vpcId = "vpc-0a0a0a0a";
export const zones = ["us-east-1a", "us-east-1b"] as const;

export const labRoleArn = "arn:aws:iam::123456789012:role/LabRole";

export const server: LaunchTemplateArgs = {
  imageId: "ami-0deb13a0d64000001",
  instanceType: "t3.micro",
  networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: ["sg-0a0a0a0a"] }],
  metadataOptions: { httpTokens: "required" },
  blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeType: "gp3" } }],
  tagSpecifications: [
    { resourceType: "instance", tags },
    { resourceType: "volume", tags },
  ],
  tags,
};

export const group: aws.autoscaling.GroupArgs = {
  minSize: 2,
  maxSize: 2,
  healthCheckType: "ELB",
  protectFromScaleIn: true,
  vpcZoneIdentifiers: ["subnet-0a0a0a0a", "subnet-0b0b0b0b"],
  launchTemplate: { id: "lt-0a0a0a0a", version: "1" },
  tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
};

export const database: InstanceArgs = {
  instanceClass: "db.t4g.micro",
  engine: "mariadb",
  engineVersion: "11.8",
  username: "admin",
  allocatedStorage: 20,
  storageType: "gp2",
  storageEncrypted: true,
  publiclyAccessible: false,
  manageMasterUserPassword: true,
  multiAz: true,
  deletionProtection: true,
  backupRetentionPeriod: 7,
  skipFinalSnapshot: false,
  finalSnapshotIdentifier: "last",
  tags,
};

export const launcher: FunctionArgs = {
  code: new asset.AssetArchive({ "index.js": new asset.StringAsset("exports.handler = () => {};") }),
  handler: "index.handler",
  role: labRoleArn,
  runtime: "nodejs22.x",
  tags,
};

export const image: GoldenImageArgs = {
  contentHash: "0a0a0a0a0a0a",
  baseImageId: "ami-0deb13a0d64000001",
  rootDeviceName: "/dev/xvda",
  instanceType: "t3.micro",
  subnetId: "subnet-0a0a0a0a",
  securityGroupId: "sg-0a0a0a0a",
  publicAddress: true,
  region: "us-east-1",
  tags,
};

export const makeServer = (changed: Partial<LaunchTemplateArgs>) =>
  new LaunchTemplate("server", { ...server, ...changed });
export const makeGroup = (changed: Partial<aws.autoscaling.GroupArgs>) =>
  new Group("fleet", { ...group, ...changed }, { protect: true });
export const makeDatabase = (changed: Partial<InstanceArgs>) =>
  new Instance("database", { ...database, ...changed }, { protect: true });
export const makeImage = (changed: Partial<GoldenImageArgs>) =>
  new GoldenImage("image", { ...image, ...changed });
export const makeLauncher = (changed: Partial<FunctionArgs>) =>
  new LambdaFunction("launcher", { ...launcher, ...changed });

/** A subnet in each of the zones. */
export const makeSubnets = (changed: Partial<SubnetArgs> = {}) =>
  zones.map(
    (availabilityZone, index) =>
      new Subnet(`private-${String(index + 1)}`, {
        vpcId,
        availabilityZone,
        cidrBlock: `10.0.${String(index)}.0/24`,
        tags,
        ...changed,
      }),
  );

/** A fleet in both zones, with a security group of the stack. */
export function makeFleet() {
  const subnets = makeSubnets();
  const securityGroup = new SecurityGroup("servers", { vpcId, tags });
  const template = makeServer({
    networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: [securityGroup.id] }],
  });
  const fleet = makeGroup({
    vpcZoneIdentifiers: subnets.map(({ id }) => id),
    launchTemplate: { id: template.id, version: "1" },
  });
  return { subnets, securityGroup, fleet };
}
