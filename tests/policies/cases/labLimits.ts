import * as aws from "@pulumi/aws";
import { CustomResource } from "@pulumi/pulumi";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { nodes } from "./labParts";
import { makeCallback, makeTemplate, safeInstance } from "./parts";

/** The class of `@pulumi/aws` for it is deprecated. */
class BucketV2 extends CustomResource {}

type Program = PolicyCase["program"];
const volumes = (program: Program) => bad("lab-volumes", program);
const abroad = (program: Program) => bad("lab-regions", program);
const key = (program: Program) => bad("lab-key-pair", program);
const elsewhere = { region: "us-west-2", keyName: "vockey" };

/** Volumes, key pairs, regions, identities and services in a Learner Lab. */
export const labLimits: PolicyCases = {
  "lab-volume-large": volumes((n) => new aws.ebs.Volume(n, { availabilityZone: "us-east-1a", size: 500 })),
  "lab-volume-io2": volumes(
    (n) => new aws.ec2.Instance(n, { ...safeInstance, rootBlockDevice: { volumeType: "io2", iops: 5000 } }),
  ),
  "lab-volume-spot": volumes(
    (n) => new aws.ec2.SpotInstanceRequest(n, { ...safeInstance, rootBlockDevice: { volumeSize: 500 } }),
  ),
  "lab-volume-launchconfig": volumes(
    (n) =>
      new aws.ec2.LaunchConfiguration(n, {
        ...{ imageId: "ami-1", instanceType: "t3.micro" },
        ebsBlockDevices: [{ deviceName: "/dev/sdf", volumeSize: 500 }],
      }),
  ),
  "lab-volume-spot-fleet": volumes(
    (n) =>
      new aws.ec2.SpotFleetRequest(n, {
        ...{ iamFleetRole: "r", targetCapacity: 1 },
        launchSpecifications: [
          { ami: "ami-1", instanceType: "t3.micro", rootBlockDevices: [{ volumeType: "io1" }] },
        ],
      }),
  ),
  "lab-volume-eks": volumes(nodes(1, { diskSize: 500 })),
  "lab-volume-emr": volumes(
    (n) =>
      new aws.emr.InstanceGroup(n, {
        ...{ clusterId: "j-1", instanceType: "m4.large", instanceCount: 1 },
        ebsConfigs: [{ size: 500, type: "gp2" }],
      }),
  ),

  "lab-key-lt": key((n) => makeTemplate(n, "sg-1", elsewhere)),
  "lab-key-spot": key((n) => new aws.ec2.SpotInstanceRequest(n, { ...safeInstance, ...elsewhere })),
  "lab-key-launchconfig": key(
    (n) => new aws.ec2.LaunchConfiguration(n, { imageId: "ami-1", instanceType: "t3.micro", ...elsewhere }),
  ),
  "lab-key-eks": key(
    nodes(1, {
      region: "us-west-2",
      remoteAccess: { ec2SshKey: "vockey", sourceSecurityGroupIds: ["sg-1"] },
    }),
  ),
  "lab-key-spot-fleet": key(
    (n) =>
      new aws.ec2.SpotFleetRequest(n, {
        ...{ iamFleetRole: "r", targetCapacity: 1, region: "us-west-2" },
        launchSpecifications: [{ ami: "ami-1", instanceType: "t3.micro", keyName: "vockey" }],
      }),
  ),
  "fp-lab-key": good((n) => makeTemplate(n, "sg-1", { keyName: "vockey" }), "lab-key-pair"),

  "lab-region-arg": abroad((n) => new aws.ec2.Vpc(n, { cidrBlock: "10.0.0.0/16", region: "eu-west-1" })),
  "lab-region-provider": abroad((n) => {
    const provider = new aws.Provider(n, { region: "eu-west-1" });
    new aws.ec2.Vpc(n, { cidrBlock: "10.0.0.0/16" }, { provider });
  }),
  "lab-region-secret-replica": abroad(
    (n) => new aws.secretsmanager.Secret(n, { replicas: [{ region: "eu-west-1" }] }),
  ),
  "lab-region-table-replica": abroad(
    (n) =>
      new aws.dynamodb.Table(n, {
        ...{ hashKey: "id", billingMode: "PAY_PER_REQUEST", attributes: [{ name: "id", type: "S" }] },
        replicas: [{ regionName: "eu-west-1" }],
      }),
  ),
  "lab-region-peering": abroad(
    (n) =>
      new aws.ec2.VpcPeeringConnection(n, { vpcId: "vpc-1", peerVpcId: "vpc-2", peerRegion: "eu-west-1" }),
  ),
  "lab-region-snapshot-source": abroad(
    (n) =>
      new aws.ebs.SnapshotCopy(n, { sourceSnapshotId: "snap-1", sourceRegion: "eu-west-1", encrypted: true }),
  ),
  "fp-lab-region": good((n) => {
    const provider = new aws.Provider(n, { region: "us-west-2" });
    new aws.ec2.Vpc(n, { cidrBlock: "10.0.0.0/16" }, { provider });
    new aws.secretsmanager.Secret(n, { replicas: [{ region: "us-west-2" }] });
  }, "lab-regions"),

  "lab-iam-user-key": bad("no-iam-creation", (n) => {
    new aws.iam.User(n, {});
    new aws.iam.AccessKey(n, { user: "u" });
    new aws.iam.OpenIdConnectProvider(n, { url: "https://x", clientIdLists: ["a"], thumbprintLists: [] });
  }),
  "lab-iam-attachment": bad(
    "no-iam-creation",
    (n) =>
      new aws.iam.RolePolicyAttachment(n, {
        role: "LabRole",
        policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
  ),
  "lab-iam-callback": bad("no-iam-creation", (n) => makeCallback(n)),
  "lab-iam-sso": bad(
    "no-iam-creation",
    (n) => new aws.ssoadmin.PermissionSet(n, { instanceArn: "arn:aws:sso:::instance/ssoins-1" }),
  ),
  "lab-iam-identity-store": bad(
    "no-iam-creation",
    (n) => new aws.identitystore.Group(n, { displayName: "admins", identityStoreId: "d-1" }),
  ),
  "lab-iam-roles-anywhere": bad(
    "no-iam-creation",
    (n) => new aws.rolesanywhere.Profile(n, { roleArns: ["arn:aws:iam::123456789012:role/r"] }),
  ),
  "lab-iam-cloudformation": bad(
    "no-iam-creation",
    (n) => new aws.cloudformation.Stack(n, { templateBody: "{}", capabilities: ["CAPABILITY_NAMED_IAM"] }),
  ),
  "fp-lab-service-linked-role": good(
    (n) => new aws.iam.ServiceLinkedRole(n, { awsServiceName: "autoscaling.amazonaws.com" }),
    "no-iam-creation",
  ),

  "lab-service-s3v2": bad("lab-services", (n) => new aws.s3.Bucket(n, {})),
  "lab-service-s3-bucket-v2": bad("lab-services", (n) => new BucketV2("aws:s3/bucketV2:BucketV2", n, {})),
  "lab-service-s3-directory": bad(
    "lab-services",
    (n) =>
      new aws.s3.DirectoryBucket(n, {
        bucket: "x--use1-az4--x-s3",
        location: { name: "use1-az4" },
      }),
  ),
  "lab-service-cloudfront": bad(
    "lab-services",
    (n) =>
      new aws.cloudfront.CachePolicy(n, {
        parametersInCacheKeyAndForwardedToOrigin: {
          cookiesConfig: { cookieBehavior: "none" },
          headersConfig: { headerBehavior: "none" },
          queryStringsConfig: { queryStringBehavior: "none" },
        },
      }),
  ),
  "lab-service-image-builder": bad(
    "lab-services",
    (n) => new aws.imagebuilder.InfrastructureConfiguration(n, { instanceProfileName: "LabInstanceProfile" }),
  ),
  "fp-lab-service": good((n) => new aws.sns.Topic(n, {}), "lab-services"),
};
