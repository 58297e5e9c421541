import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { makeTemplate, safeInstance } from "./parts";

/** Leaves the address to the subnet or to an own interface. */
const ownInterface = { ...safeInstance, associatePublicIpAddress: undefined };
const address = (program: (name: string) => unknown) => bad("no-public-address", program);
const subnetDefault = (program: (name: string) => unknown) => bad("no-public-subnet-default", program);
const withInterface = (changed: aws.types.input.ec2.LaunchTemplateNetworkInterface) =>
  address((n) => makeTemplate(n, "sg-1", { networkInterfaces: [changed] }));
const task = { taskDefinition: "web:1", cluster: "web", launchType: "FARGATE" };

/** Public addresses of servers and subnets. */
export const addresses: PolicyCases = {
  "ip-eipassoc-eni": address((n) => {
    const ip = new aws.ec2.Eip(n, { domain: "vpc" });
    new aws.ec2.EipAssociation(n, { allocationId: ip.id, networkInterfaceId: "eni-1" });
  }),
  "ip-eip-instance": address(
    (n) => new aws.ec2.Eip(n, { instance: new aws.ec2.Instance(n, safeInstance).id }),
  ),
  "ip-eip-interface": address((n) => {
    const own = new aws.ec2.NetworkInterface(n, { subnetId: "subnet-1" });
    new aws.ec2.Eip(n, { networkInterface: own.id });
  }),
  "ip-lt-second-nic": address((n) =>
    makeTemplate(n, "sg-1", {
      networkInterfaces: [
        { associatePublicIpAddress: "false" },
        { deviceIndex: 1, associatePublicIpAddress: "true" },
      ],
    }),
  ),
  "ip-lt-unset": withInterface({ securityGroups: ["sg-1"] }),
  "ip-lt-spelled-T": withInterface({ associatePublicIpAddress: "T" }),
  "ip-lt-ipv6": withInterface({ associatePublicIpAddress: "false", ipv6AddressCount: 1 }),
  "ip-lt-ipv6-list": withInterface({ associatePublicIpAddress: "false", ipv6Addresses: ["2600:1f18::1"] }),
  "ip-lt-ipv6-prefix": withInterface({ associatePublicIpAddress: "false", ipv6PrefixCount: 1 }),
  "ip-lt-ipv6-primary": withInterface({ associatePublicIpAddress: "false", primaryIpv6: "true" }),
  "ip-lt-carrier": withInterface({ associatePublicIpAddress: "false", associateCarrierIpAddress: "true" }),
  "ip-instance-ipv6": address((n) => new aws.ec2.Instance(n, { ...safeInstance, ipv6AddressCount: 1 })),
  "ip-instance-ipv6-list": address(
    (n) => new aws.ec2.Instance(n, { ...safeInstance, ipv6Addresses: ["2600:1f18::1"] }),
  ),
  "ip-instance-unset": address((n) => new aws.ec2.Instance(n, ownInterface)),
  "ip-instance-from-lt-overrides": address((n) => {
    const { id } = makeTemplate(n, "sg-1");
    new aws.ec2.Instance(n, { launchTemplate: { id, version: "1" }, associatePublicIpAddress: true });
  }),
  "ip-interface-ipv6": address(
    (n) => new aws.ec2.NetworkInterface(n, { subnetId: "subnet-1", ipv6AddressCount: 1 }),
  ),
  "ip-interface-ipv6-list": address(
    (n) =>
      new aws.ec2.NetworkInterface(n, {
        subnetId: "subnet-1",
        ipv6AddressListEnabled: true,
        ipv6AddressLists: ["2600:1f18::1"],
      }),
  ),
  "ip-spot-instance": address(
    (n) =>
      new aws.ec2.SpotInstanceRequest(n, {
        ...safeInstance,
        associatePublicIpAddress: true,
      }),
  ),
  "ip-spot-instance-unset": address((n) => new aws.ec2.SpotInstanceRequest(n, ownInterface)),
  "ip-spot-fleet": address(
    (n) =>
      new aws.ec2.SpotFleetRequest(n, {
        iamFleetRole: "r",
        targetCapacity: 1,
        launchSpecifications: [{ ami: "ami-1", instanceType: "t3.micro", associatePublicIpAddress: true }],
      }),
  ),
  "ip-spot-fleet-second": address(
    (n) =>
      new aws.ec2.SpotFleetRequest(n, {
        iamFleetRole: "r",
        targetCapacity: 1,
        launchSpecifications: [
          { ami: "ami-1", instanceType: "t3.micro", associatePublicIpAddress: false },
          { ami: "ami-1", instanceType: "t3.small" },
        ],
      }),
  ),
  "ip-launchconfig": address(
    (n) =>
      new aws.ec2.LaunchConfiguration(n, {
        ...{ imageId: "ami-1", instanceType: "t3.micro", associatePublicIpAddress: true },
        ...{ metadataOptions: { httpTokens: "required" }, rootBlockDevice: { encrypted: true } },
      }),
  ),
  "ip-launchconfig-unset": address(
    (n) => new aws.ec2.LaunchConfiguration(n, { imageId: "ami-1", instanceType: "t3.micro" }),
  ),
  "ip-fargate-service": address(
    (n) =>
      new aws.ecs.Service(n, {
        ...task,
        desiredCount: 2,
        networkConfiguration: { subnets: ["subnet-1"], assignPublicIp: true },
      }),
  ),
  "ip-fargate-taskset": address(
    (n) =>
      new aws.ecs.TaskSet(n, {
        ...{ cluster: "web", service: "web", taskDefinition: "web:1" },
        networkConfiguration: { subnets: ["subnet-1"], assignPublicIp: true },
      }),
  ),
  "ip-lightsail": address(
    (n) =>
      new aws.lightsail.Instance(n, {
        ...{ availabilityZone: "us-east-1a", blueprintId: "wordpress", bundleId: "micro_3_0" },
      }),
  ),
  "ip-subnet": subnetDefault(
    (n) => new aws.ec2.Subnet(n, { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true }),
  ),
  "ip-subnet-ipv6-assign": subnetDefault(
    (n) =>
      new aws.ec2.Subnet(n, {
        vpcId: "vpc-1",
        cidrBlock: "10.0.0.0/24",
        assignIpv6AddressOnCreation: true,
        ipv6CidrBlock: "2600::/64",
      }),
  ),
  "ip-subnet-ipv6-native": subnetDefault(
    (n) =>
      new aws.ec2.Subnet(n, {
        vpcId: "vpc-1",
        ipv6Native: true,
        assignIpv6AddressOnCreation: true,
        ipv6CidrBlock: "2600::/64",
      }),
  ),
  "ip-default-subnet": subnetDefault(
    (n) => new aws.ec2.DefaultSubnet(n, { availabilityZone: "us-east-1a", mapPublicIpOnLaunch: true }),
  ),
  // The provider's default is true.
  "ip-default-subnet-unset": subnetDefault(
    (n) => new aws.ec2.DefaultSubnet(n, { availabilityZone: "us-east-1a" }),
  ),

  "fp-instance-own-eni": good((n) => {
    const own = new aws.ec2.NetworkInterface(n, { subnetId: "subnet-1" });
    new aws.ec2.Instance(n, {
      ...ownInterface,
      networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: own.id }],
    });
  }),
  "fp-instance-primary-eni": good((n) => {
    const own = new aws.ec2.NetworkInterface(n, { subnetId: "subnet-1" });
    new aws.ec2.Instance(n, { ...ownInterface, primaryNetworkInterface: { networkInterfaceId: own.id } });
  }),
  "fp-instance-from-lt": good((n) => {
    const { id } = makeTemplate(n, "sg-1");
    new aws.ec2.Instance(n, { launchTemplate: { id, version: "$Latest" } });
  }),
  "fp-spot-instance-from-lt": good((n) => {
    const { id } = makeTemplate(n, "sg-1");
    new aws.ec2.SpotInstanceRequest(n, { launchTemplate: { id, version: "$Latest" } });
  }),
  "fp-lt-second-nic": good((n) =>
    makeTemplate(n, "sg-1", {
      networkInterfaces: [
        { associatePublicIpAddress: "false" },
        { deviceIndex: 1, securityGroups: ["sg-1"] },
      ],
    }),
  ),
  "fp-lt-own-eni": good((n) =>
    makeTemplate(n, "sg-1", {
      networkInterfaces: [
        { networkInterfaceId: new aws.ec2.NetworkInterface(n, { subnetId: "subnet-1" }).id },
      ],
    }),
  ),
  "fp-lt-spelled-0": good((n) =>
    makeTemplate(n, "sg-1", { networkInterfaces: [{ associatePublicIpAddress: "0" }] }),
  ),
  "fp-lt-no-ipv6": good((n) =>
    makeTemplate(n, "sg-1", {
      networkInterfaces: [{ associatePublicIpAddress: "false", ipv6AddressCount: 0, ipv6Addresses: [] }],
    }),
  ),
  "fp-eip-nat": good((n) => {
    const ip = new aws.ec2.Eip(n, { domain: "vpc" });
    new aws.ec2.NatGateway(n, { subnetId: "subnet-1", allocationId: ip.id });
  }),
  "fp-launchconfig": good(
    (n) =>
      new aws.ec2.LaunchConfiguration(n, {
        ...{ imageId: "ami-1", instanceType: "t3.micro", associatePublicIpAddress: false },
        ...{ metadataOptions: { httpTokens: "required" }, rootBlockDevice: { encrypted: true } },
      }),
  ),
  "fp-spot-fleet": good(
    (n) =>
      new aws.ec2.SpotFleetRequest(n, {
        ...{ iamFleetRole: "r", targetCapacity: 1 },
        launchTemplateConfigs: [
          { launchTemplateSpecification: { id: makeTemplate(n, "sg-1").id, version: "1" } },
        ],
      }),
  ),
  "fp-fargate-service": good(
    (n) =>
      new aws.ecs.Service(n, { ...task, desiredCount: 2, networkConfiguration: { subnets: ["subnet-1"] } }),
  ),
  "fp-default-subnet": good(
    (n) => new aws.ec2.DefaultSubnet(n, { availabilityZone: "us-east-1a", mapPublicIpOnLaunch: false }),
  ),
  "fp-subnet-dual-stack": good(
    (n) => new aws.ec2.Subnet(n, { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", ipv6CidrBlock: "2600::/64" }),
  ),
};
