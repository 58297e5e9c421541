import { RDS } from "@aws-sdk/client-rds";
import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { eventually } from "../../support/eventually";
import { clientsOf, debianId, instancesOf, makeGroup, makeNetwork, present, refusalOf } from "./fleet";

describe("EC2 in the emulator", () => {
  const emulator = useEmulator();

  function newAccount(region = "us-east-1") {
    const config = emulator.clientConfig(emulator.newAccountId(), region);
    return { ...clientsOf(config), rds: new RDS(config) };
  }

  for (const region of ["us-east-1", "us-west-2"]) {
    it(`has Debian 13 in ${region}, by its owner and by its parameter`, async () => {
      const account = newAccount(region);
      const { Images } = await account.ec2.describeImages({
        Owners: ["136693071363"],
        Filters: [
          { Name: "name", Values: ["debian-13-amd64-*"] },
          { Name: "architecture", Values: ["x86_64"] },
        ],
      });
      const dates = present(Images).map(({ CreationDate }) => present(CreationDate));
      const newest = Images?.find(({ CreationDate }) => CreationDate === dates.sort().at(-1));
      expect(newest).to.include({ ImageId: await debianId(account), RootDeviceName: "/dev/xvda" });
      expect(newest?.ImageOwnerAlias).to.be.undefined;
    });
  }

  it("launches the image that an SSM parameter names", async () => {
    const account = newAccount();
    const { Instances } = await account.ec2.runInstances({
      ImageId: "resolve:ssm:/aws/service/debian/release/13/latest/amd64",
      InstanceType: "t3.micro",
      MinCount: 1,
      MaxCount: 1,
    });
    expect(Instances?.[0]?.ImageId).to.equal(await debianId(account));
  });

  it("launches up to MaxCount, each with the profile and the primary interface's groups", async () => {
    const account = newAccount();
    const { subnetIds, groupId } = await makeNetwork(account);
    await account.iam.createInstanceProfile({ InstanceProfileName: "server" });
    const { Instances } = await account.ec2.runInstances({
      ImageId: await debianId(account),
      InstanceType: "t3.micro",
      MinCount: 1,
      MaxCount: 3,
      IamInstanceProfile: { Name: "server" },
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: subnetIds[1], Groups: [groupId] }],
    });
    const InstanceIds = present(Instances).map(({ InstanceId }) => present(InstanceId));
    expect(InstanceIds).to.have.length(3);
    const { Reservations } = await account.ec2.describeInstances({ InstanceIds });
    for (const instance of present(Reservations).flatMap((it) => it.Instances ?? [])) {
      expect(instance.SubnetId).to.equal(subnetIds[1]);
      expect(instance.SecurityGroups?.map(({ GroupId }) => GroupId)).to.deep.equal([groupId]);
      expect(instance.IamInstanceProfile?.Arn).to.match(/\/server$/);
    }
    await account.ec2.terminateInstances({ InstanceIds });
    expect((await account.ec2.describeNetworkInterfaces({})).NetworkInterfaces).to.be.empty;
    expect((await account.ec2.describeVolumes({})).Volumes).to.be.empty;
  });

  it("returns the same instances for the same client token, and refuses the token in another request", async () => {
    const account = newAccount();
    const ImageId = await debianId(account);
    const launch = (InstanceType: "t3.micro" | "t3.small", ClientToken: string) =>
      account.ec2.runInstances({ ImageId, InstanceType, MinCount: 2, MaxCount: 2, ClientToken });
    const ids = ({ Instances }: Awaited<ReturnType<typeof launch>>) =>
      present(Instances).map(({ InstanceId }) => InstanceId);

    const together = await Promise.all(Array.from({ length: 5 }, () => launch("t3.micro", "nine")));
    for (const answer of together) expect(ids(answer)).to.deep.equal(ids(present(together[0])));
    expect((await refusalOf(launch("t3.small", "nine"))).name).to.equal("IdempotentParameterMismatch");
    expect(ids(await launch("t3.micro", "ten"))).to.not.have.members(ids(present(together[0])));
    const { Reservations } = await account.ec2.describeInstances({});
    expect(Reservations?.flatMap(({ Instances }) => Instances ?? [])).to.have.length(4);
  });

  it("refuses an image, a type, a key pair and a profile that do not exist, and starts nothing", async () => {
    const account = newAccount();
    const right = {
      ImageId: await debianId(account),
      InstanceType: "t3.micro",
      MinCount: 1,
      MaxCount: 1,
    } as const;
    const refused = async (wrong: object) =>
      (await refusalOf(account.ec2.runInstances({ ...right, ...wrong }))).name;
    expect(await refused({ ImageId: "ami-0123456789abcdef0" })).to.equal("InvalidAMIID.NotFound");
    expect(await refused({ InstanceType: "t3.enormous" })).to.equal("InvalidParameterValue");
    expect(await refused({ InstanceType: "t4g.micro" })).to.equal("InvalidParameterValue");
    expect(await refused({ KeyName: "lost" })).to.equal("InvalidKeyPair.NotFound");
    expect(await refused({ IamInstanceProfile: { Name: "lost" } })).to.match(/^NoSuchEntity|^Invalid/);
    expect((await account.ec2.describeInstances({})).Reservations).to.be.empty;
  });

  it("creates an image with the instance's root disk, tags image and snapshot, and refuses a name in use", async () => {
    const account = newAccount();
    const { Instances } = await account.ec2.runInstances({
      ImageId: await debianId(account),
      InstanceType: "t3.micro",
      MinCount: 1,
      MaxCount: 1,
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 20, Encrypted: true } }],
    });
    const InstanceId = Instances?.[0]?.InstanceId;
    const Tags = [{ Key: "Content", Value: "abc" }];
    const { ImageId = "" } = await account.ec2.createImage({
      InstanceId,
      Name: "golden-abc",
      TagSpecifications: [
        { ResourceType: "image", Tags },
        { ResourceType: "snapshot", Tags },
      ],
    });
    const Images = await eventually("an image that is available", async () => {
      const { Images } = await account.ec2.describeImages({ ImageIds: [ImageId] });
      return Images?.[0]?.State === "available" ? Images : undefined;
    });
    expect(Images[0]?.RootDeviceName).to.equal("/dev/xvda");
    expect(Images[0]?.Tags).to.deep.equal(Tags);
    expect(Images[0]?.BlockDeviceMappings?.[0]?.Ebs).to.include({ VolumeSize: 20, Encrypted: true });
    const snapshotId = present(Images[0]?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId);
    const { Snapshots } = await account.ec2.describeSnapshots({ SnapshotIds: [snapshotId] });
    expect(Snapshots?.[0]?.Tags).to.deep.equal(Tags);
    const again = account.ec2.createImage({ InstanceId, Name: "golden-abc" });
    expect((await refusalOf(again)).name).to.equal("InvalidAMIName.Duplicate");
    await account.ec2.disableImage({ ImageId });
    const unavailable = account.ec2.runInstances({
      ImageId,
      InstanceType: "t3.micro",
      MinCount: 1,
      MaxCount: 1,
    });
    expect((await refusalOf(unavailable)).name).to.equal("InvalidAMIID.Unavailable");
  });

  it("creates, describes, tags and deletes an EC2 Instance Connect Endpoint", async () => {
    const account = newAccount();
    const { subnetIds, groupId, vpcId } = await makeNetwork(account);
    const { InstanceConnectEndpoint } = await account.ec2.createInstanceConnectEndpoint({
      SubnetId: subnetIds[0],
      SecurityGroupIds: [groupId],
      TagSpecifications: [
        { ResourceType: "instance-connect-endpoint", Tags: [{ Key: "Name", Value: "door" }] },
      ],
    });
    const id = present(InstanceConnectEndpoint?.InstanceConnectEndpointId);
    await account.ec2.createTags({ Resources: [id], Tags: [{ Key: "Owner", Value: "us" }] });
    const { InstanceConnectEndpoints } = await account.ec2.describeInstanceConnectEndpoints({
      InstanceConnectEndpointIds: [id],
    });
    expect(InstanceConnectEndpoints?.[0]).to.include({ State: "create-complete", VpcId: vpcId });
    expect(InstanceConnectEndpoints?.[0]?.Tags).to.have.deep.members([
      { Key: "Name", Value: "door" },
      { Key: "Owner", Value: "us" },
    ]);
    const deletion = account.ec2.deleteSubnet({ SubnetId: subnetIds[0] });
    expect((await refusalOf(deletion)).name).to.equal("DependencyViolation");
    await account.ec2.deleteInstanceConnectEndpoint({ InstanceConnectEndpointId: id });
    await account.ec2.deleteSubnet({ SubnetId: subnetIds[0] });
    const gone = account.ec2.describeInstanceConnectEndpoints({ InstanceConnectEndpointIds: [id] });
    expect((await refusalOf(gone)).name).to.equal("InvalidInstanceConnectEndpointId.NotFound");
  });

  it("refuses to delete each part of a network that instances use", async () => {
    const account = newAccount();
    const { network } = await makeGroup(account, { min: 1, desired: 1, max: 1 });
    const { vpcId, groupId } = network;
    const [instance] = await instancesOf(account);
    const inUse = async (call: Promise<unknown>) => {
      expect((await refusalOf(call)).name).to.equal("DependencyViolation");
    };
    await inUse(account.ec2.deleteSubnet({ SubnetId: instance?.SubnetId }));
    await inUse(account.ec2.deleteSecurityGroup({ GroupId: groupId }));
    await inUse(account.ec2.deleteVpc({ VpcId: vpcId }));
    await account.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: "web", ForceDelete: true });
    for (const SubnetId of network.subnetIds) await account.ec2.deleteSubnet({ SubnetId });
    await inUse(account.ec2.deleteVpc({ VpcId: vpcId }));
    await account.ec2.deleteSecurityGroup({ GroupId: groupId });
    await account.ec2.deleteVpc({ VpcId: vpcId });
  });

  it("refuses to delete a security group that a rule of another one names", async () => {
    const account = newAccount();
    const { vpcId, groupId } = await makeNetwork(account);
    const { GroupId } = await account.ec2.createSecurityGroup({
      VpcId: vpcId,
      GroupName: "database",
      Description: "database",
    });
    const IpPermissions = [
      { IpProtocol: "tcp", FromPort: 3306, ToPort: 3306, UserIdGroupPairs: [{ GroupId: groupId }] },
    ];
    await account.ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    const deletion = account.ec2.deleteSecurityGroup({ GroupId: groupId });
    expect((await refusalOf(deletion)).name).to.equal("DependencyViolation");
    await account.ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions });
    await account.ec2.deleteSecurityGroup({ GroupId: groupId });
  });

  it("refuses to delete the network of a load balancer or a database", async () => {
    const account = newAccount();
    const { vpcId, groupId, subnetIds } = await makeNetwork(account);
    const { InternetGateway } = await account.ec2.createInternetGateway({});
    const InternetGatewayId = present(InternetGateway?.InternetGatewayId);
    await account.ec2.attachInternetGateway({ InternetGatewayId, VpcId: vpcId });
    const { LoadBalancers } = await account.elbv2.createLoadBalancer({
      Name: "web",
      Subnets: [...subnetIds],
      SecurityGroups: [groupId],
    });
    const { DBSubnetGroup } = await account.rds.createDBSubnetGroup({
      DBSubnetGroupName: "db",
      DBSubnetGroupDescription: "db",
      SubnetIds: [...subnetIds],
    });
    await account.rds.createDBInstance({
      DBInstanceIdentifier: "db",
      DBInstanceClass: "db.t4g.micro",
      Engine: "mariadb",
      EngineVersion: "11.8",
      AllocatedStorage: 20,
      MasterUsername: "admin",
      ManageMasterUserPassword: true,
      DBSubnetGroupName: DBSubnetGroup?.DBSubnetGroupName,
      VpcSecurityGroupIds: [groupId],
    });
    const detach = () => account.ec2.detachInternetGateway({ InternetGatewayId, VpcId: vpcId });
    expect((await refusalOf(detach())).name).to.equal("DependencyViolation");
    const subnetGroup = account.rds.deleteDBSubnetGroup({ DBSubnetGroupName: "db" });
    expect((await refusalOf(subnetGroup)).name).to.match(/^InvalidDBSubnetGroupState/);

    await account.elbv2.deleteLoadBalancer({ LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn });
    await detach();
    const group = account.ec2.deleteSecurityGroup({ GroupId: groupId });
    expect((await refusalOf(group)).name).to.equal("DependencyViolation");
    await account.rds.deleteDBInstance({ DBInstanceIdentifier: "db", SkipFinalSnapshot: true });
    await account.rds.deleteDBSubnetGroup({ DBSubnetGroupName: "db" });
    await account.ec2.deleteSecurityGroup({ GroupId: groupId });
  });

  it("deletes a NAT gateway with its network interface, and releases its address", async () => {
    const account = newAccount();
    const { subnetIds } = await makeNetwork(account);
    const { AllocationId } = await account.ec2.allocateAddress({ Domain: "vpc" });
    const { NatGateway } = await account.ec2.createNatGateway({ SubnetId: subnetIds[0], AllocationId });
    await account.ec2.deleteNatGateway({ NatGatewayId: NatGateway?.NatGatewayId });
    expect((await account.ec2.describeNetworkInterfaces({})).NetworkInterfaces).to.be.empty;
    const { Addresses } = await account.ec2.describeAddresses({});
    expect(Addresses?.[0]?.AssociationId).to.be.undefined;
    await account.ec2.releaseAddress({ AllocationId });
  });
});
