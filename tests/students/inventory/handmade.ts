import type { EC2 } from "@aws-sdk/client-ec2";

import { accountClients, type AccountClients } from "../../../students/account/clients";
import { emulatorLimits, makePace } from "../../../students/account/pace";
import type { EmulatorInSpec } from "../../support/emulator";

/** The clients of an account in the emulator, without a memory of answers. */
export function clientsIn(emulator: EmulatorInSpec, accountId: string): AccountClients {
  return accountClients(emulator.clientConfig(accountId), {
    pace: makePace(emulatorLimits),
    remembers: false,
    stop: undefined,
  });
}

/** The identifiers of resources that a student makes in the console. */
export interface Handmade {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly serverId: string;
  readonly imageId: string;
  readonly volumeId: string;
  readonly addressId: string;
  readonly gatewayId: string;
  readonly balancerArn: string;
  readonly fileSystemId: string;
}

/** The default VPC of an account, with two of its subnets. */
export async function defaultNetwork(clients: AccountClients) {
  const ec2 = await clients.ec2();
  const { Vpcs = [] } = await ec2.describeVpcs({});
  const vpcId = Vpcs[0]?.VpcId ?? "";
  const { Subnets = [] } = await ec2.describeSubnets({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
  return { vpcId, subnetIds: Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId ?? "") };
}

/** Starts one server as the console does: without tags of this program. */
export async function startServer(ec2: EC2, subnetId: string, keyName?: string): Promise<string> {
  const { Images = [] } = await ec2.describeImages({ Owners: ["136693071363"] });
  const { Instances = [] } = await ec2.runInstances({
    ImageId: Images[0]?.ImageId ?? "",
    InstanceType: "t3.micro",
    SubnetId: subnetId,
    ...(keyName === undefined ? {} : { KeyName: keyName }),
    MinCount: 1,
    MaxCount: 1,
    TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Name", Value: "my server" }] }],
  });
  return Instances[0]?.InstanceId ?? "";
}

/** Makes one of each kind that a student makes by hand, in the account's default VPC. */
export async function makeByHand(clients: AccountClients): Promise<Handmade> {
  const { vpcId, subnetIds } = await defaultNetwork(clients);
  const [ec2, efs, elbv2, rds] = await Promise.all([
    clients.ec2(),
    clients.efs(),
    clients.elbv2(),
    clients.rds(),
  ]);
  await ec2.createKeyPair({ KeyName: "my-key" });
  const [subnetId = ""] = subnetIds;
  const serverId = await startServer(ec2, subnetId, "my-key");
  const { ImageId: imageId = "" } = await ec2.createImage({ InstanceId: serverId, Name: "my image" });
  const { VolumeId: volumeId = "" } = await ec2.createVolume({
    AvailabilityZone: "us-east-1a",
    Size: 100,
    VolumeType: "gp3",
  });
  const { AllocationId: addressId = "" } = await ec2.allocateAddress({ Domain: "vpc" });
  const { NatGateway } = await ec2.createNatGateway({ SubnetId: subnetId, AllocationId: addressId });
  const { LoadBalancers = [] } = await elbv2.createLoadBalancer({
    Name: "my-balancer",
    Subnets: [...subnetIds],
  });
  await rds.createDBSubnetGroup({
    DBSubnetGroupName: "my-subnets",
    DBSubnetGroupDescription: "by hand",
    SubnetIds: [...subnetIds],
  });
  await rds.createDBInstance({
    DBInstanceIdentifier: "my-database",
    DBInstanceClass: "db.t3.micro",
    Engine: "mysql",
    AllocatedStorage: 20,
    StorageType: "gp2",
    MasterUsername: "admin",
    MasterUserPassword: "a-password-1",
    DBSubnetGroupName: "my-subnets",
  });
  await rds.createDBSnapshot({ DBInstanceIdentifier: "my-database", DBSnapshotIdentifier: "my-snapshot" });
  const { FileSystemId: fileSystemId = "" } = await efs.createFileSystem({ CreationToken: "mine" });
  await efs.createMountTarget({ FileSystemId: fileSystemId, SubnetId: subnetId });
  await rds.createDBCluster({
    DBClusterIdentifier: "my-cluster",
    Engine: "aurora-mysql",
    MasterUsername: "admin",
    MasterUserPassword: "a-password-1",
  });
  await ec2.createNetworkInterface({ SubnetId: subnetId, Description: "mine" });
  const { CustomerGateway } = await ec2.createCustomerGateway({
    Type: "ipsec.1",
    PublicIp: "203.0.113.7",
    BgpAsn: 65_000,
  });
  const { VpnGateway } = await ec2.createVpnGateway({ Type: "ipsec.1" });
  await ec2.createVpnConnection({
    Type: "ipsec.1",
    CustomerGatewayId: CustomerGateway?.CustomerGatewayId ?? "",
    VpnGatewayId: VpnGateway?.VpnGatewayId ?? "",
  });
  await (
    await clients.elb()
  ).createLoadBalancer({
    LoadBalancerName: "my-classic",
    Listeners: [{ Protocol: "HTTP", LoadBalancerPort: 80, InstancePort: 80 }],
    Subnets: [subnetId],
  });
  await (await clients.route53()).createHostedZone({ Name: "mine.example", CallerReference: "mine" });
  // Names of buckets are global.
  await (await clients.s3()).createBucket({ Bucket: `my-bucket-${vpcId}` });
  await (await clients.kms()).createKey({ Description: "my key" });
  await (await clients.cloudWatchLogs()).createLogGroup({ logGroupName: "/my/logs" });
  await (await clients.secretsManager()).createSecret({ Name: "my-secret", SecretString: "x" });
  return {
    vpcId,
    subnetIds,
    serverId,
    imageId,
    volumeId,
    addressId,
    gatewayId: NatGateway?.NatGatewayId ?? "",
    balancerArn: LoadBalancers[0]?.LoadBalancerArn ?? "",
    fileSystemId,
  };
}
