import { ACM } from "@aws-sdk/client-acm";
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { RDS } from "@aws-sdk/client-rds";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SQS } from "@aws-sdk/client-sqs";
import { expect } from "chai";

import { type EmulatorClientConfig, useEmulator } from "../../support/emulator";
import { present } from "./fleet";

/** Resources and names that AWS gives once, or not again for a while. */
describe("the emulator refuses as AWS does", () => {
  const emulator = useEmulator();
  let vpcId: string;
  let subnets: string[];
  let groupId: string;

  const client = <Client>(type: new (config: EmulatorClientConfig) => Client) =>
    new type(emulator.clientConfig("360000000001"));
  const refusal = async (call: Promise<unknown>) => {
    try {
      await call;
    } catch (error) {
      return error instanceof Error ? error.name : String(error);
    }
    return "accepted";
  };

  before(async () => {
    const ec2 = client(EC2);
    vpcId = present((await ec2.createVpc({ CidrBlock: "10.0.0.0/16" })).Vpc?.VpcId);
    await ec2.modifyVpcAttribute({ VpcId: vpcId, EnableDnsHostnames: { Value: true } });
    subnets = [];
    for (const [index, zone] of ["a", "b", "b"].entries()) {
      const { Subnet } = await ec2.createSubnet({
        VpcId: vpcId,
        CidrBlock: `10.0.${index}.0/24`,
        AvailabilityZone: `us-east-1${zone}`,
      });
      subnets.push(present(Subnet?.SubnetId));
    }
    const group = await ec2.createSecurityGroup({ GroupName: "web", Description: "web", VpcId: vpcId });
    groupId = present(group.GroupId);
  });

  it("a second route table of a subnet, and a second internet gateway of a VPC", async () => {
    const ec2 = client(EC2);
    const routeTable = async () =>
      present((await ec2.createRouteTable({ VpcId: vpcId })).RouteTable?.RouteTableId);
    const [one, other] = [await routeTable(), await routeTable()];
    await ec2.associateRouteTable({ RouteTableId: one, SubnetId: subnets[0] });
    const again = ec2.associateRouteTable({ RouteTableId: other, SubnetId: subnets[0] });
    expect(await refusal(again)).to.equal("Resource.AlreadyAssociated");

    const attach = async () => {
      const { InternetGateway } = await ec2.createInternetGateway({});
      await ec2.attachInternetGateway({
        InternetGatewayId: InternetGateway?.InternetGatewayId,
        VpcId: vpcId,
      });
    };
    await attach();
    expect(await refusal(attach())).to.equal("InvalidParameterValue");
  });

  it("the release of an address that a NAT gateway uses, and a second use of it", async () => {
    const ec2 = client(EC2);
    const { AllocationId } = await ec2.allocateAddress({ Domain: "vpc" });
    const nat = await ec2.createNatGateway({ SubnetId: subnets[0], AllocationId });
    expect(await refusal(ec2.createNatGateway({ SubnetId: subnets[1], AllocationId }))).to.equal(
      "Resource.AlreadyAssociated",
    );
    expect(await refusal(ec2.releaseAddress({ AllocationId }))).to.equal("InvalidIPAddress.InUse");
    await ec2.deleteNatGateway({ NatGatewayId: nat.NatGateway?.NatGatewayId });
    expect(await refusal(ec2.releaseAddress({ AllocationId }))).to.equal("accepted");
  });

  it("a service's private DNS name twice in a VPC, a zone twice in an endpoint, and the deletion of its security group", async () => {
    const ec2 = client(EC2);
    const make = (subnet: number) =>
      ec2.createVpcEndpoint({
        VpcId: vpcId,
        ServiceName: "com.amazonaws.us-east-1.secretsmanager",
        VpcEndpointType: "Interface",
        SubnetIds: subnets.slice(subnet, subnet + 1),
        SecurityGroupIds: [groupId],
        PrivateDnsEnabled: true,
      });
    const { VpcEndpoint } = await make(0);
    expect(await refusal(make(1))).to.equal("InvalidParameter");
    const VpcEndpointId = present(VpcEndpoint?.VpcEndpointId);
    const both = ec2.modifyVpcEndpoint({ VpcEndpointId, AddSubnetIds: subnets.slice(1) });
    expect(await refusal(both)).to.equal("DuplicateSubnetsInSameZone");
    expect(await refusal(ec2.deleteSecurityGroup({ GroupId: groupId }))).to.equal("DependencyViolation");
    await ec2.deleteVpcEndpoints({ VpcEndpointIds: [VpcEndpointId] });
    expect(await refusal(make(1))).to.equal("accepted");
  });

  it("a load balancer's name and a listener's port twice, and the deletion of a certificate in use", async () => {
    const [elb, acm] = [client(ElasticLoadBalancingV2), client(ACM)];
    const create = () => elb.createLoadBalancer({ Name: "web", Subnets: subnets.slice(0, 2) });
    const { LoadBalancers } = await create();
    expect(await refusal(create())).to.equal("DuplicateLoadBalancerNameException");
    const { CertificateArn } = await acm.requestCertificate({
      DomainName: "blog.example.com",
      ValidationMethod: "DNS",
    });
    const listen = () =>
      elb.createListener({
        LoadBalancerArn: present(LoadBalancers?.[0]?.LoadBalancerArn),
        Protocol: "HTTPS",
        Port: 443,
        Certificates: [{ CertificateArn }],
        DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "200" } }],
      });
    const { Listeners } = await listen();
    expect(await refusal(listen())).to.equal("DuplicateListenerException");
    expect(await refusal(acm.deleteCertificate({ CertificateArn }))).to.equal("ResourceInUseException");
    await elb.deleteListener({ ListenerArn: present(Listeners?.[0]?.ListenerArn) });
    expect(await refusal(acm.deleteCertificate({ CertificateArn }))).to.equal("accepted");
  });

  it("names of deleted resources, as long as AWS reserves them", async () => {
    const [sqs, secrets] = [client(SQS), client(SecretsManager)];
    const { QueueUrl } = await sqs.createQueue({ QueueName: "results" });
    await sqs.deleteQueue({ QueueUrl });
    expect(await refusal(sqs.createQueue({ QueueName: "results" }))).to.equal("QueueDeletedRecently");

    await secrets.createSecret({ Name: "administrator" });
    await secrets.deleteSecret({ SecretId: "administrator", RecoveryWindowInDays: 7 });
    expect(await refusal(secrets.createSecret({ Name: "administrator" }))).to.equal(
      "InvalidRequestException",
    );
    await secrets.createSecret({ Name: "other" });
    await secrets.deleteSecret({ SecretId: "other", ForceDeleteWithoutRecovery: true });
    expect(await refusal(secrets.createSecret({ Name: "other" }))).to.equal("accepted");
  });

  it("sizes out of order, two actions at one time, and two policies for one metric", async () => {
    const [ec2, scaling] = [client(EC2), client(AutoScaling)];
    const LaunchTemplateName = "servers";
    await ec2.createLaunchTemplate({
      LaunchTemplateName,
      LaunchTemplateData: { ImageId: "ami-0deb13a0d64000001", InstanceType: "t3.micro" },
    });
    const AutoScalingGroupName = "fleet";
    await scaling.createAutoScalingGroup({
      AutoScalingGroupName,
      LaunchTemplate: { LaunchTemplateName },
      MinSize: 0,
      MaxSize: 0,
      VPCZoneIdentifier: subnets[0],
    });
    const schedule = (ScheduledActionName: string, MinSize: number) =>
      scaling.putScheduledUpdateGroupAction({
        AutoScalingGroupName,
        ScheduledActionName,
        Recurrence: "0 8 * * *",
        MinSize,
        MaxSize: 1,
      });
    expect(await refusal(schedule("morning", 2))).to.equal("ValidationError");
    expect(await refusal(schedule("morning", 1))).to.equal("accepted");
    expect(await refusal(schedule("morning", 0))).to.equal("accepted");
    expect(await refusal(schedule("dawn", 1))).to.equal("AlreadyExistsFault");

    const track = (PolicyName: string) =>
      scaling.putScalingPolicy({
        AutoScalingGroupName,
        PolicyName,
        PolicyType: "TargetTrackingScaling",
        TargetTrackingConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" },
          TargetValue: 50,
        },
      });
    await track("cpu");
    expect(await refusal(track("cpu"))).to.equal("accepted");
    expect(await refusal(track("more-cpu"))).to.equal("ValidationError");
  });

  it("a database's subnets in one zone, and a second group of their name", async () => {
    const rds = client(RDS);
    const create = (SubnetIds: string[]) =>
      rds.createDBSubnetGroup({ DBSubnetGroupName: "db", DBSubnetGroupDescription: "db", SubnetIds });
    expect(await refusal(create(subnets.slice(1)))).to.equal("DBSubnetGroupDoesNotCoverEnoughAZs");
    expect(await refusal(create(subnets.slice(0, 2)))).to.equal("accepted");
    expect(await refusal(create(subnets.slice(0, 2)))).to.equal("DBSubnetGroupAlreadyExistsFault");
  });
});
