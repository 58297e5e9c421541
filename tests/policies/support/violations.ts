import { among, anyFixture } from "./fixture";
import { grantViolations, type Violation } from "./grantViolations";

const resource = (type: string, props: object) => among(anyFixture(type, "violating", props), {});
const world = ["0.0.0.0/0"];
const ingress = (...ports: readonly number[]) =>
  ports.map((port) =>
    resource("aws:ec2/securityGroup:SecurityGroup", {
      ingress: [{ protocol: "tcp", fromPort: port, toPort: port, cidrBlocks: world }],
    }),
  );
const instance = (props: object) => resource("aws:ec2/instance:Instance", props);
const template = (props: object) => resource("aws:ec2/launchTemplate:LaunchTemplate", props);
const configuration = (props: object) => resource("aws:ec2/launchConfiguration:LaunchConfiguration", props);
const database = (props: object) => resource("aws:rds/instance:Instance", { engine: "mariadb", ...props });
const cluster = (props: object) => resource("aws:rds/cluster:Cluster", { engine: "aurora-mysql", ...props });
const files = (props: object) => resource("aws:efs/fileSystem:FileSystem", props);
const documents = (props: object) => resource("aws:docdb/cluster:Cluster", props);
const graph = (props: object) => resource("aws:neptune/cluster:Cluster", props);
const redshift = (props: object) => resource("aws:redshift/cluster:Cluster", props);
const lambda = (props: object) => resource("aws:lambda/function:Function", props);
const publicIp = { associatePublicIpAddress: true };
const publicBrokers = resource("aws:msk/cluster:Cluster", {
  brokerNodeGroupInfo: { connectivityInfo: { publicAccess: { type: "SERVICE_PROVIDED_EIPS" } } },
});
const workspace = (props: object) => resource("aws:workspaces/workspace:Workspace", props);
const ecs = { networkConfiguration: { subnets: ["s"], assignPublicIp: true } };

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
    CKV_AWS_69: resource("aws:mq/broker:Broker", { publiclyAccessible: true }),
    "MSK.4": publicBrokers,
    CKV_AWS_291: publicBrokers,
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
    "EC2.13": ingress(22),
    "EC2.14": ingress(3389),
    "EC2.53": ingress(22, 3389),
    "EMR.2": resource("aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration", {
      blockPublicSecurityGroupRules: false,
    }),
    "EC2.54": resource("aws:ec2/securityGroup:SecurityGroup", {
      ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, ipv6CidrBlocks: ["::/0"] }],
    }),
  },
  imdsv2: {
    "EC2.8": instance({ metadataOptions: { httpTokens: "optional" } }),
    "EC2.170": template({ metadataOptions: { httpTokens: "optional" } }),
    "AutoScaling.3": configuration({ metadataOptions: { httpTokens: "optional" } }),
    CKV_AWS_79: [instance({}), template({}), configuration({})],
  },
  "encrypted-volumes": {
    "WorkSpaces.1": workspace({ rootVolumeEncryptionEnabled: true }),
    "WorkSpaces.2": workspace({ userVolumeEncryptionEnabled: true }),
    CKV_AWS_155: workspace({ rootVolumeEncryptionEnabled: true, userVolumeEncryptionEnabled: false }),
    CKV_AWS_156: workspace({ rootVolumeEncryptionEnabled: false, userVolumeEncryptionEnabled: true }),
    "EC2.3": resource("aws:ebs/volume:Volume", { encrypted: false }),
    "EC2.173": resource("aws:ec2/spotFleetRequest:SpotFleetRequest", {
      launchSpecifications: [{ ebsBlockDevices: [{ deviceName: "/dev/sdf", encrypted: false }] }],
    }),
    "EC2.181": template({ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "false" } }] }),
    CKV_AWS_3: resource("aws:ebs/volume:Volume", {}),
    CKV2_AWS_2: resource("aws:ebs/volume:Volume", {}),
    CKV_AWS_235: resource("aws:ec2/amiCopy:AmiCopy", { encrypted: false }),
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
    CKV_AWS_87: redshift({ publiclyAccessible: true }),
    "AwsSolutions-RS8": redshift({ publiclyAccessible: true }),
    CKV_AWS_102: resource("aws:neptune/clusterInstance:ClusterInstance", { publiclyAccessible: true }),
    CKV_AWS_302: resource("aws:rds/snapshot:Snapshot", { sharedAccounts: ["all"] }),
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
    CKV_AWS_44: graph({}),
    "AwsSolutions-N4": graph({}),
    CKV_AWS_64: redshift({ encrypted: "false" }),
    "AwsSolutions-RS6": redshift({ encrypted: "false" }),
    CKV_AWS_74: documents({}),
    "AwsSolutions-DOC1": documents({}),
    CKV_AWS_140: resource("aws:rds/globalCluster:GlobalCluster", {}),
    "Opensearch.1": resource("aws:opensearch/domain:Domain", {}),
    "ES.1": resource("aws:elasticsearch/domain:Domain", { encryptAtRest: { enabled: false } }),
    CKV_AWS_5: resource("aws:elasticsearch/domain:Domain", {}),
    "ElastiCache.4": resource("aws:elasticache/replicationGroup:ReplicationGroup", {}),
    CKV_AWS_29: resource("aws:elasticache/replicationGroup:ReplicationGroup", {
      atRestEncryptionEnabled: false,
    }),
    "DynamoDB.3": resource("aws:dax/cluster:Cluster", {}),
    CKV_AWS_47: resource("aws:dax/cluster:Cluster", { serverSideEncryption: { enabled: false } }),
    CKV_AWS_292: resource("aws:docdb/globalCluster:GlobalCluster", {}),
  },
  "encrypted-file-system": {
    "EFS.1": files({ encrypted: false }),
    "EFS.8": files({}),
    CKV_AWS_42: files({}),
    "AwsSolutions-EFS1": files({}),
  },
  "lambda-runtime": {
    "Lambda.2": lambda({ runtime: "nodejs18.x" }),
    CKV_AWS_363: lambda({ runtime: "python3.8" }),
    "AwsSolutions-L1": lambda({ runtime: "nodejs20.x" }),
  },
  "lambda-log-retention": { CKV_AWS_66: resource("aws:cloudwatch/logGroup:LogGroup", {}) },
  ...grantViolations,
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
    CKV2_AWS_58: graph({}),
  },
  "database-backups": {
    "RDS.11": database({ backupRetentionPeriod: 1 }),
    CKV_AWS_133: database({ backupRetentionPeriod: 0 }),
    "AwsSolutions-RDS13": database({}),
    "DocumentDB.2": documents({ backupRetentionPeriod: 1 }),
    "Neptune.5": graph({ backupRetentionPeriod: 1 }),
    "Redshift.3": redshift({ automatedSnapshotRetentionPeriod: 0 }),
    CKV_AWS_343: redshift({ automatedSnapshotRetentionPeriod: 0 }),
    "AwsSolutions-RS10": redshift({ automatedSnapshotRetentionPeriod: 0 }),
    CKV_AWS_360: documents({ backupRetentionPeriod: 1 }),
    "AwsSolutions-DOC4": documents({}),
    CKV_AWS_361: graph({ backupRetentionPeriod: 1 }),
    "AwsSolutions-N3": graph({}),
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
