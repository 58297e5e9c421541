import type { AnyResource } from "../../../policies/support/resourceTypes";
import { among, anyFixture } from "./fixture";

const resource = (type: string, props: object) => among(anyFixture(type, "violating", props), {});
const world = ["0.0.0.0/0"];
const ingress = (...ports: readonly number[]) =>
  ports.map((port) =>
    resource("aws:ec2/securityGroup:SecurityGroup", {
      ingress: [{ protocol: "tcp", fromPort: port, toPort: port, cidrBlocks: world }],
    }),
  );
const policy = (statement: object) =>
  resource("aws:iam/rolePolicy:RolePolicy", {
    policy: JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] }),
  });
const open = (type: string, action: string) =>
  resource(type, {
    policy: JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: "*" }],
    }),
  });
const attached = (name: string) =>
  resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
    policyArn: `arn:aws:iam::aws:policy/${name}`,
  });
const instance = (props: object) => resource("aws:ec2/instance:Instance", props);
const template = (props: object) => resource("aws:ec2/launchTemplate:LaunchTemplate", props);
const configuration = (props: object) => resource("aws:ec2/launchConfiguration:LaunchConfiguration", props);
const database = (props: object) => resource("aws:rds/instance:Instance", { engine: "mariadb", ...props });
const cluster = (props: object) => resource("aws:rds/cluster:Cluster", { engine: "aurora-mysql", ...props });
const documents = (props: object) => resource("aws:docdb/cluster:Cluster", props);
const graph = (props: object) => resource("aws:neptune/cluster:Cluster", props);
const redshift = (props: object) => resource("aws:redshift/cluster:Cluster", props);
const lambda = (props: object) => resource("aws:lambda/function:Function", props);
const publicIp = { associatePublicIpAddress: true };
const ecs = { networkConfiguration: { subnets: ["s"], assignPublicIp: true } };
const block = (name: string) =>
  resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
    ...{
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    [name]: false,
  });
const bucketAcl = (acl: string) => resource("aws:s3/bucketAcl:BucketAcl", { acl });
const trust = (principal: object, action = "sts:AssumeRole") =>
  resource("aws:iam/role:Role", {
    assumeRolePolicy: JSON.stringify({
      Statement: [{ Effect: "Allow", Action: action, Principal: principal }],
    }),
  });

type Violation = AnyResource | readonly AnyResource[];

/** For each control that a rule names: resources that the control refuses, each of which the rule must refuse, too. */
export const violations: Readonly<Record<string, Readonly<Record<string, Violation>>>> = {
  "no-public-address": {
    "EC2.9": instance(publicIp),
    CKV_AWS_88: instance(publicIp),
    "EC2.25": template({ networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
    "AutoScaling.5": configuration(publicIp),
    "ECS.2": resource("aws:ecs/service:Service", ecs),
    CKV_AWS_333: resource("aws:ecs/service:Service", ecs),
    "ECS.16": resource("aws:ecs/taskSet:TaskSet", ecs),
  },
  "no-public-subnet-default": {
    "EC2.15": resource("aws:ec2/subnet:Subnet", { mapPublicIpOnLaunch: true }),
    CKV_AWS_130: resource("aws:ec2/subnet:Subnet", { mapPublicIpOnLaunch: true }),
  },
  "no-ports-open-to-world": {
    "EC2.19": ingress(
      ...[20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000],
      ...[5432, 5500, 5601, 8080, 8088, 8888, 9200, 9300],
    ),
    CKV_AWS_24: ingress(22),
    CKV_AWS_25: ingress(3389),
    "AwsSolutions-EC23": ingress(22),
  },
  imdsv2: {
    "EC2.8": instance({ metadataOptions: { httpTokens: "optional" } }),
    "EC2.170": template({ metadataOptions: { httpTokens: "optional" } }),
    "AutoScaling.3": configuration({ metadataOptions: { httpTokens: "optional" } }),
    CKV_AWS_79: [instance({}), template({}), configuration({})],
  },
  "encrypted-volumes": {
    "EC2.3": resource("aws:ebs/volume:Volume", { encrypted: false }),
    "EC2.173": resource("aws:ec2/spotFleetRequest:SpotFleetRequest", {
      launchSpecifications: [{ ebsBlockDevices: [{ deviceName: "/dev/sdf", encrypted: false }] }],
    }),
    "EC2.181": template({ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "false" } }] }),
    CKV_AWS_3: resource("aws:ebs/volume:Volume", {}),
    CKV_AWS_8: [configuration({ rootBlockDevice: { encrypted: false } }), instance({})],
    CKV_AWS_106: resource("aws:ebs/encryptionByDefault:EncryptionByDefault", { enabled: false }),
    "AwsSolutions-EC26": resource("aws:ebs/volume:Volume", { encrypted: false }),
  },
  "no-public-images": {
    "EC2.1": resource("aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission", {
      snapshotId: "snap-1",
      accountId: "all",
    }),
  },
  "database-not-public": {
    "RDS.2": database({ publiclyAccessible: true }),
    CKV_AWS_17: database({ publiclyAccessible: true }),
    "RDS.1": resource("aws:rds/snapshot:Snapshot", { sharedAccounts: ["all"] }),
    "Redshift.1": redshift({ publiclyAccessible: true }),
    "DMS.1": resource("aws:dms/replicationInstance:ReplicationInstance", { publiclyAccessible: true }),
  },
  "encrypted-database": {
    "RDS.3": database({ storageEncrypted: false }),
    CKV_AWS_16: database({}),
    "AwsSolutions-RDS2": database({}),
    "RDS.27": cluster({ storageEncrypted: false }),
    CKV_AWS_96: cluster({}),
    "DocumentDB.1": documents({ storageEncrypted: false }),
    "Neptune.1": graph({ storageEncrypted: false }),
    "Redshift.10": redshift({ encrypted: "false" }),
  },
  "encrypted-file-system": {
    "EFS.1": resource("aws:efs/fileSystem:FileSystem", { encrypted: false }),
    "EFS.8": resource("aws:efs/fileSystem:FileSystem", {}),
    CKV_AWS_42: resource("aws:efs/fileSystem:FileSystem", {}),
    "AwsSolutions-EFS1": resource("aws:efs/fileSystem:FileSystem", {}),
  },
  "lambda-runtime": {
    "Lambda.2": lambda({ runtime: "nodejs18.x" }),
    CKV_AWS_363: lambda({ runtime: "python3.8" }),
    "AwsSolutions-L1": lambda({ runtime: "nodejs20.x" }),
  },
  "lambda-log-retention": { CKV_AWS_66: resource("aws:cloudwatch/logGroup:LogGroup", {}) },
  "iam-no-star-on-star": {
    "IAM.1": policy({ Action: "*", Resource: "*" }),
    "IAM.21": policy({ Action: "ec2:*", Resource: "*" }),
    CKV_AWS_62: policy({ Action: "*", Resource: "*" }),
    CKV_AWS_63: policy({ Action: "*", Resource: "*" }),
    CKV_AWS_274: attached("AdministratorAccess"),
    CKV2_AWS_40: policy({ Action: "iam:*", Resource: "*" }),
    CKV2_AWS_56: attached("IAMFullAccess"),
    "AwsSolutions-IAM5": policy({ Action: "s3:*", Resource: "*" }),
  },
  "iam-pass-role-scoped": {
    CKV_AWS_286: [
      policy({ Action: "iam:PassRole", Resource: "*" }),
      policy({ Action: "iam:CreatePolicyVersion", Resource: "*" }),
      policy({ Action: "iam:AttachUserPolicy", Resource: "*" }),
      policy({ Action: "iam:UpdateAssumeRolePolicy", Resource: "*" }),
    ],
    "AwsSolutions-IAM5": policy({ Action: "iam:PassRole", Resource: "*" }),
  },
  "iam-trust-not-open": {
    CKV_AWS_60: trust({ AWS: "*" }),
    CKV_AWS_61: trust({ AWS: ["*"] }),
    CKV_AWS_358: trust(
      { Federated: "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com" },
      "sts:AssumeRoleWithWebIdentity",
    ),
  },
  "no-public-buckets": {
    "S3.1": resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", { blockPublicAcls: false }),
    "S3.2": [bucketAcl("public-read"), open("aws:s3/bucketPolicy:BucketPolicy", "s3:GetObject")],
    "S3.3": [bucketAcl("public-read-write"), open("aws:s3/bucketPolicy:BucketPolicy", "s3:PutObject")],
    "S3.8": block("restrictPublicBuckets"),
    "S3.19": resource("aws:s3/accessPoint:AccessPoint", {
      publicAccessBlockConfiguration: { blockPublicAcls: false },
    }),
    CKV_AWS_20: bucketAcl("public-read"),
    CKV_AWS_53: block("blockPublicAcls"),
    CKV_AWS_54: block("blockPublicPolicy"),
    CKV_AWS_55: block("ignorePublicAcls"),
    CKV_AWS_56: block("restrictPublicBuckets"),
    CKV_AWS_57: bucketAcl("public-read-write"),
    CKV_AWS_70: open("aws:s3/bucketPolicy:BucketPolicy", "s3:*"),
    CKV_AWS_375: resource("aws:s3/bucketAcl:BucketAcl", {
      accessControlPolicy: {
        grants: [
          { permission: "READ_ACP", grantee: { uri: "http://acs.amazonaws.com/groups/global/AllUsers" } },
        ],
      },
    }),
    CKV2_AWS_43: bucketAcl("authenticated-read"),
    "AwsSolutions-S2": block("ignorePublicAcls"),
  },
  "no-public-resource-policies": {
    "KMS.5": open("aws:kms/key:Key", "kms:Decrypt"),
    CKV_AWS_33: open("aws:kms/key:Key", "kms:*"),
    "Lambda.1": resource("aws:lambda/permission:Permission", { principal: "*" }),
    CKV_AWS_301: resource("aws:lambda/permission:Permission", { principal: "*" }),
    "SNS.4": open("aws:sns/topicPolicy:TopicPolicy", "sns:Publish"),
    CKV_AWS_169: open("aws:sns/topicPolicy:TopicPolicy", "sns:Publish"),
    "SQS.3": open("aws:sqs/queuePolicy:QueuePolicy", "sqs:SendMessage"),
    CKV_AWS_168: open("aws:sqs/queuePolicy:QueuePolicy", "sqs:*"),
    CKV_AWS_32: open("aws:ecr/repositoryPolicy:RepositoryPolicy", "ecr:BatchGetImage"),
  },
  "function-url-auth": {
    CKV_AWS_258: resource("aws:lambda/functionUrl:FunctionUrl", { authorizationType: "NONE" }),
  },
  "no-plain-secrets": {
    "CodeBuild.2": resource("aws:codebuild/project:Project", {
      environment: { environmentVariables: [{ name: "AWS_SECRET_ACCESS_KEY", value: "a".repeat(40) }] },
    }),
    "ECS.8": resource("aws:ecs/taskDefinition:TaskDefinition", {
      containerDefinitions: JSON.stringify([
        { environment: [{ name: "AWS_SECRET_ACCESS_KEY", value: "a".repeat(40) }] },
      ]),
    }),
    CKV_AWS_45: lambda({ environment: { variables: { KEY: `AKIA${"A".repeat(16)}` } } }),
    CKV_AWS_46: instance({ userData: `export AWS_ACCESS_KEY_ID=AKIA${"A".repeat(16)}` }),
    CKV_AWS_384: resource("aws:ssm/parameter:Parameter", {
      ...{ name: "key", type: "String", value: `AKIA${"A".repeat(16)}` },
    }),
  },
  "required-tags": { CKV_AWS_153: resource("aws:autoscaling/group:Group", {}) },
  "database-multi-az": {
    "RDS.5": database({ multiAz: false }),
    CKV_AWS_157: database({}),
    "AwsSolutions-RDS3": database({}),
  },
  "database-deletion-protection": {
    "RDS.8": database({ deletionProtection: false }),
    CKV_AWS_293: database({}),
    "AwsSolutions-RDS10": database({}),
    "RDS.7": cluster({ deletionProtection: false }),
    CKV_AWS_139: cluster({}),
    "DocumentDB.5": documents({ deletionProtection: false }),
    "Neptune.4": graph({ deletionProtection: false }),
  },
  "database-backups": {
    "RDS.11": database({ backupRetentionPeriod: 1 }),
    CKV_AWS_133: database({ backupRetentionPeriod: 0 }),
    "AwsSolutions-RDS13": database({}),
    "DocumentDB.2": documents({ backupRetentionPeriod: 1 }),
    "Neptune.5": graph({ backupRetentionPeriod: 1 }),
    "Redshift.3": redshift({ automatedSnapshotRetentionPeriod: 0 }),
  },
  "tls-policy": {
    "ELB.17": resource("aws:lb/listener:Listener", {
      ...{ protocol: "HTTPS", port: 443, sslPolicy: "ELBSecurityPolicy-2016-08" },
    }),
    CKV_AWS_103: resource("aws:lb/listener:Listener", {
      ...{ protocol: "HTTPS", port: 443, sslPolicy: "ELBSecurityPolicy-TLS-1-0-2015-04" },
    }),
    CKV2_AWS_74: resource("aws:lb/listener:Listener", {
      ...{ protocol: "HTTPS", port: 443, sslPolicy: "ELBSecurityPolicy-TLS-1-1-2017-01" },
    }),
  },
  "load-balancer-deletion-protection": {
    "ELB.6": resource("aws:lb/loadBalancer:LoadBalancer", { enableDeletionProtection: false }),
    CKV_AWS_150: resource("aws:lb/loadBalancer:LoadBalancer", {}),
  },
};
