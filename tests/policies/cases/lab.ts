import * as aws from "@pulumi/aws";
import { CustomResource } from "@pulumi/pulumi";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { makeCallback, makeTemplate, safeInstance } from "./parts";

/** The class of `@pulumi/aws` for it is deprecated. */
class BucketV2 extends CustomResource {}

type Program = PolicyCase["program"];
const many = (program: Program) => bad("lab-server-count", program);
const spot = (program: Program) => bad("lab-on-demand-only", program);
const large = (program: Program) => bad("lab-instance-sizes", program);
const volumes = (program: Program) => bad("lab-volumes", program);
const abroad = (program: Program) => bad("lab-regions", program);
const key = (program: Program) => bad("lab-key-pair", program);

const group = (changed: Partial<aws.autoscaling.GroupArgs>) => (n: string) =>
  new aws.autoscaling.Group(n, { minSize: 1, maxSize: 2, ...changed });
const mixed = (
  policy: Omit<aws.types.input.autoscaling.GroupMixedInstancesPolicy, "launchTemplate">,
  ...types: string[]
) =>
  group({
    mixedInstancesPolicy: {
      ...policy,
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: "lt-1" },
        overrides: types.map((instanceType) => ({ instanceType })),
      },
    },
  });
const fleet =
  (total: number, changed: object = {}, instanceType = "t3.micro") =>
  (n: string) =>
    new aws.ec2.Fleet(n, {
      launchTemplateConfigs: [
        {
          launchTemplateSpecification: { launchTemplateId: "lt-1", version: "1" },
          overrides: [{ instanceType }],
        },
      ],
      targetCapacitySpecification: {
        ...{ defaultTargetCapacityType: "on-demand", totalTargetCapacity: total },
        ...changed,
      },
    });
const nodes =
  (maxSize: number, changed: Partial<aws.eks.NodeGroupArgs> = {}) =>
  (n: string) =>
    new aws.eks.NodeGroup(n, {
      ...{ clusterName: "c", nodeRoleArn: "r", subnetIds: ["s"], instanceTypes: ["t3.medium"] },
      scalingConfig: { desiredSize: 1, maxSize, minSize: 1 },
      ...changed,
    });
const batch = (changed: Partial<aws.types.input.batch.ComputeEnvironmentComputeResources>) => (n: string) =>
  new aws.batch.ComputeEnvironment(n, {
    type: "MANAGED",
    computeResources: { type: "EC2", maxVcpus: 4, subnets: ["s"], instanceTypes: ["m5.large"], ...changed },
  });
const emr =
  (count: number, instanceType = "m4.large", bidPrice?: string) =>
  (n: string) =>
    new aws.emr.Cluster(n, {
      ...{ releaseLabel: "emr-7.0.0", serviceRole: "r" },
      masterInstanceGroup: { instanceType: "m4.large" },
      coreInstanceGroup: {
        ...{ instanceType, instanceCount: count },
        ...(bidPrice === undefined ? {} : { bidPrice }),
      },
    });
const elsewhere = { region: "us-west-2", keyName: "vockey" };

/** Programs in a Learner Lab. */
export const lab: PolicyCases = {
  "lab-fleet-20": many(fleet(20)),
  "lab-spot-fleet-20": many(
    (n) =>
      new aws.ec2.SpotFleetRequest(n, {
        ...{ iamFleetRole: "r", targetCapacity: 20 },
        launchSpecifications: [{ ami: "ami-1", instanceType: "t3.micro" }],
      }),
  ),
  "lab-warmpool": many(group({ warmPool: { minSize: 15, maxGroupPreparedCapacity: 15 } })),
  "lab-warmpool-min": many(group({ warmPool: { minSize: 9 } })),
  "lab-instances-10": many((n) => {
    for (let index = 0; index < 10; index += 1) new aws.ec2.Instance(`${n}-${String(index)}`, safeInstance);
  }),
  "lab-spot-requests-10": many((n) => {
    for (let index = 0; index < 10; index += 1) {
      new aws.ec2.SpotInstanceRequest(`${n}-${String(index)}`, safeInstance);
    }
  }),
  "lab-two-asg": many((n) => {
    for (let index = 0; index < 2; index += 1) group({ maxSize: 5 })(`${n}-${String(index)}`);
  }),
  "lab-schedule-20": many((n) => {
    const { name } = group({})(n);
    new aws.autoscaling.Schedule(n, {
      ...{ autoscalingGroupName: name, scheduledActionName: "s", recurrence: "0 8 * * *" },
      ...{ minSize: 1, desiredCapacity: 20, maxSize: 20 },
    });
  }),
  "lab-schedule-by-name": many((n) => {
    group({ name: "web" })(n);
    new aws.autoscaling.Schedule(n, {
      ...{ autoscalingGroupName: "web", scheduledActionName: "s", recurrence: "0 8 * * *" },
      ...{ minSize: 1, desiredCapacity: 20, maxSize: 20 },
    });
  }),
  "lab-schedule-outside": many(
    (n) =>
      new aws.autoscaling.Schedule(n, {
        ...{ autoscalingGroupName: "other", scheduledActionName: "s", recurrence: "0 8 * * *" },
        ...{ minSize: 1, desiredCapacity: 20, maxSize: 20 },
      }),
  ),
  "lab-eks-nodes": many(nodes(20)),
  "lab-emr-12": many(emr(12)),
  "lab-batch-64": many(batch({ maxVcpus: 64 })),
  "lab-beanstalk": many(
    (n) =>
      new aws.elasticbeanstalk.Environment(n, {
        application: "web",
        settings: [{ namespace: "aws:autoscaling:asg", name: "MaxSize", value: "12" }],
      }),
  ),
  "fp-lab-nine": good((n) => {
    group({ maxSize: 8 })(n);
    new aws.ec2.Instance(n, { ...safeInstance });
  }, "lab-server-count"),
  "fp-lab-warmpool": good(
    group({ maxSize: 4, warmPool: { minSize: 2, maxGroupPreparedCapacity: 4 } }),
    "lab-server-count",
  ),
  "fp-lab-eks": good(nodes(3), "lab-server-count"),
  "fp-lab-fleet": good(fleet(3), "lab-server-count"),
  "fp-lab-batch": good(batch({}), "lab-server-count"),
  "fp-lab-emr": good(emr(2), "lab-server-count"),

  "lab-spot-lt": spot((n) => makeTemplate(n, "sg-1", { instanceMarketOptions: { marketType: "spot" } })),
  "lab-spot-instance": spot(
    (n) => new aws.ec2.Instance(n, { ...safeInstance, instanceMarketOptions: { marketType: "spot" } }),
  ),
  "lab-spot-request": spot((n) => new aws.ec2.SpotInstanceRequest(n, safeInstance)),
  "lab-spot-launchconfig": spot(
    (n) =>
      new aws.ec2.LaunchConfiguration(n, { imageId: "ami-1", instanceType: "t3.micro", spotPrice: "0.01" }),
  ),
  "lab-spot-mixed": spot(mixed({ instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 } })),
  "lab-spot-fleet-default": spot(fleet(2, { defaultTargetCapacityType: "spot" })),
  "lab-spot-fleet-share": spot(fleet(2, { onDemandTargetCapacity: 1, spotTargetCapacity: 1 })),
  "lab-spot-eks": spot(nodes(2, { capacityType: "SPOT" })),
  "lab-spot-batch": spot(batch({ type: "SPOT" })),
  "lab-spot-emr": spot(emr(2, "m4.large", "0.10")),
  "lab-reservation": spot(
    (n) =>
      new aws.ec2.CapacityReservation(n, {
        ...{ availabilityZone: "us-east-1a", instanceCount: 1 },
        ...{ instancePlatform: "Linux/UNIX", instanceType: "t3.micro" },
      }),
  ),
  "lab-reserved-database": spot(
    (n) => new aws.rds.ReservedInstance(n, { offeringId: "1", instanceCount: 1 }),
  ),
  "fp-lab-mixed": good(
    mixed({ instancesDistribution: { onDemandPercentageAboveBaseCapacity: 100 } }, "t3.micro", "t3a.micro"),
    "lab-on-demand-only",
  ),

  "lab-size-lt": large((n) => makeTemplate(n, "sg-1", { instanceType: "m5.4xlarge" })),
  "lab-size-metal": large((n) => new aws.ec2.Instance(n, { ...safeInstance, instanceType: "c5.metal" })),
  "lab-size-mixed": large(mixed({}, "t3.micro", "m5.2xlarge")),
  "lab-size-requirements": large((n) =>
    makeTemplate(n, "sg-1", {
      instanceRequirements: { vcpuCount: { min: 16 }, memoryMib: { min: 65_536 } },
    }),
  ),
  "lab-size-launchconfig": large(
    (n) => new aws.ec2.LaunchConfiguration(n, { imageId: "ami-1", instanceType: "m5.xlarge" }),
  ),
  "lab-size-spot": large(
    (n) => new aws.ec2.SpotInstanceRequest(n, { ...safeInstance, instanceType: "m5.xlarge" }),
  ),
  "lab-size-fleet": large(fleet(1, {}, "m5.xlarge")),
  "lab-size-spot-fleet": large(
    (n) =>
      new aws.ec2.SpotFleetRequest(n, {
        ...{ iamFleetRole: "r", targetCapacity: 1 },
        launchSpecifications: [{ ami: "ami-1", instanceType: "m5.xlarge" }],
      }),
  ),
  "lab-size-eks": large(nodes(1, { instanceTypes: ["t3.medium", "m5.xlarge"] })),
  "lab-size-emr": large(emr(1, "m5.xlarge")),
  "lab-size-batch": large(batch({ instanceTypes: ["optimal"] })),
  "lab-size-cloud9": large(
    (n) =>
      new aws.cloud9.EnvironmentEC2(n, { instanceType: "m5.4xlarge", imageId: "amazonlinux-2023-x86_64" }),
  ),
  "fp-lab-size-from-lt": good((n) => {
    const { id } = makeTemplate(n, "sg-1");
    new aws.ec2.Instance(n, { launchTemplate: { id, version: "1" } });
  }, "lab-instance-sizes"),
  "fp-lab-size-allowed": good(
    (n) =>
      makeTemplate(n, "sg-1", {
        instanceRequirements: {
          ...{ vcpuCount: { min: 1 }, memoryMib: { min: 1024 } },
          allowedInstanceTypes: ["t3.micro", "t3a.small"],
        },
      }),
    "lab-instance-sizes",
  ),

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
