import { expect } from "chai";

import { eip } from "../../../../localAws/providers/aws/ec2/eip";
import { internetGateway } from "../../../../localAws/providers/aws/ec2/internetGateway";
import { natGateway } from "../../../../localAws/providers/aws/ec2/natGateway";
import { route } from "../../../../localAws/providers/aws/ec2/route";
import { routeTable } from "../../../../localAws/providers/aws/ec2/routeTable";
import { routeTableAssociation } from "../../../../localAws/providers/aws/ec2/routeTableAssociation";
import { subnet } from "../../../../localAws/providers/aws/ec2/subnet";
import { vpc } from "../../../../localAws/providers/aws/ec2/vpc";
import { vpcEndpoint } from "../../../../localAws/providers/aws/ec2/vpcEndpoint";
import { emulatedAccount } from "./emulated";
import {
  change,
  driftOf,
  end,
  expectInStep,
  make,
  preview,
  problemsOf,
  refresh,
  textIn,
  type Kept,
} from "./life";

describe("EC2's network types on the emulator", () => {
  const account = emulatedAccount();
  let network: Kept;
  let gateway: Kept;
  let publicSubnet: Kept;

  before(async () => {
    const { aws } = account;
    network = await make(aws, vpc, { cidrBlock: "10.20.0.0/16", tags: { Name: "net" } });
    gateway = await make(aws, internetGateway, { vpcId: network.id });
    publicSubnet = await make(aws, subnet, { vpcId: network.id, cidrBlock: "10.20.0.0/24" });
  });

  it("manage a VPC, change its DNS and tags in place, replace it for another range", async () => {
    const { aws } = account;
    const inputs = {
      cidrBlock: "10.30.0.0/16",
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: "one", Team: "a" },
    };
    let kept = await make(aws, vpc, inputs);
    await expectInStep(aws, kept);
    expect(kept.state).to.include({ enableDnsHostnames: true, instanceTenancy: "default" });
    expect(kept.state["defaultSecurityGroupId"]).to.match(/^sg-/);
    expect(kept.state["mainRouteTableId"]).to.match(/^rtb-/);

    kept = await change(aws, kept, { ...inputs, enableDnsHostnames: false, tags: { Name: "two" } });
    await expectInStep(aws, kept);
    expect(kept.state).to.deep.include({ enableDnsHostnames: false, tagsAll: { Name: "two" } });
    expect(preview(kept, { ...inputs, cidrBlock: "10.31.0.0/16" }).replaced).to.deep.equal(["cidrBlock"]);

    const ec2 = await aws.ec2();
    await ec2.createTags({ Resources: [kept.id], Tags: [{ Key: "Owner", Value: "someone" }] });
    await ec2.modifyVpcAttribute({ VpcId: kept.id, EnableDnsSupport: { Value: false } });
    expect(await driftOf(aws, kept)).to.deep.equal(["enableDnsSupport", "tags"]);
    await end(aws, kept);
  });

  it("manage a subnet, change its address options in place, detect drift", async () => {
    const { aws } = account;
    const inputs = {
      availabilityZone: "us-east-1b",
      cidrBlock: "10.20.9.0/24",
      mapPublicIpOnLaunch: true,
      vpcId: network.id,
    };
    let kept = await make(aws, subnet, inputs);
    await expectInStep(aws, kept);
    kept = await change(aws, kept, { ...inputs, mapPublicIpOnLaunch: false, tags: { Name: "s" } });
    await expectInStep(aws, kept);
    expect(preview(kept, { ...inputs, availabilityZone: "us-east-1a" }).replaced).to.deep.equal([
      "availabilityZone",
    ]);
    const ec2 = await aws.ec2();
    await ec2.modifySubnetAttribute({ SubnetId: kept.id, MapPublicIpOnLaunch: { Value: true } });
    expect(await driftOf(aws, kept)).to.deep.equal(["mapPublicIpOnLaunch"]);
    await end(aws, kept);
  });

  it("manage the IPv6 range of a VPC and of a subnet in it", async () => {
    const { aws } = account;
    const inputs = { cidrBlock: "10.50.0.0/16", assignGeneratedIpv6CidrBlock: true };
    const ipv6 = await make(aws, vpc, inputs);
    await expectInStep(aws, ipv6);
    const range = textIn(ipv6, "ipv6CidrBlock");
    expect(range).to.match(/::\/56$/);
    const within = {
      assignIpv6AddressOnCreation: true,
      cidrBlock: "10.50.1.0/24",
      ipv6CidrBlock: range.replace(/\/56$/, "/64"),
      vpcId: ipv6.id,
    };
    let kept = await make(aws, subnet, within);
    await expectInStep(aws, kept);
    expect(kept.state["ipv6CidrBlock"]).to.equal(within.ipv6CidrBlock);
    const { ipv6CidrBlock, ...without } = { ...within, assignIpv6AddressOnCreation: false };
    kept = await change(aws, kept, without);
    await expectInStep(aws, kept);
    kept = await change(aws, kept, { ...within, ipv6CidrBlock });
    await expectInStep(aws, kept);
    await end(aws, kept);
    await end(aws, ipv6);
  });

  it("manage an internet gateway and detect that it is detached", async () => {
    const { aws } = account;
    const other = await make(aws, vpc, { cidrBlock: "10.40.0.0/16" });
    let kept = await make(aws, internetGateway, { vpcId: other.id, tags: { Name: "igw" } });
    await expectInStep(aws, kept);
    kept = await change(aws, kept, { vpcId: other.id, tags: { Name: "gate" } });
    await expectInStep(aws, kept);
    const ec2 = await aws.ec2();
    await ec2.detachInternetGateway({ InternetGatewayId: kept.id, VpcId: other.id });
    expect(await driftOf(aws, kept)).to.deep.equal(["vpcId"]);
    await end(aws, kept);
    await end(aws, other);
  });

  it("manage a route table, its route and its subnet, and change both in place", async () => {
    const { aws } = account;
    const table = await make(aws, routeTable, { vpcId: network.id, tags: { Name: "public" } });
    const other = await make(aws, routeTable, { vpcId: network.id });
    await expectInStep(aws, table);

    const toGateway = {
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
      routeTableId: table.id,
    };
    let way = await make(aws, route, toGateway);
    await expectInStep(aws, way);
    const address = await make(aws, eip, {});
    const nat = await make(aws, natGateway, { allocationId: address.id, subnetId: publicSubnet.id });
    way = await change(aws, way, {
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: nat.id,
      routeTableId: table.id,
    });
    await expectInStep(aws, way);
    const ec2 = await aws.ec2();
    const where = { RouteTableId: table.id, DestinationCidrBlock: "0.0.0.0/0" };
    await ec2.replaceRoute({ ...where, GatewayId: gateway.id });
    expect(await driftOf(aws, way)).to.deep.equal(["gatewayId", "natGatewayId"]);
    await end(aws, way);

    let link = await make(aws, routeTableAssociation, {
      routeTableId: table.id,
      subnetId: publicSubnet.id,
    });
    await expectInStep(aws, link);
    link = await change(aws, link, { routeTableId: other.id, subnetId: publicSubnet.id });
    await expectInStep(aws, link);
    await end(aws, link);
    for (const kept of [nat, address, table, other]) await end(aws, kept);
  });

  it("refuse a route without a target or with two", () => {
    const place = { destinationCidrBlock: "0.0.0.0/0", routeTableId: "rtb-1" };
    expect(problemsOf(route, place)).to.deep.equal([
      {
        property: "gatewayId",
        reason: "exactly one of gatewayId, natGatewayId, networkInterfaceId, not none",
      },
    ]);
    expect(problemsOf(route, { ...place, gatewayId: "igw-1", natGatewayId: "nat-1" })).to.have.length(1);
  });

  it("manage an address and a NAT gateway, and detect the gateway's deletion", async () => {
    const { aws } = account;
    let address = await make(aws, eip, { domain: "vpc", tags: { Name: "nat" } });
    await expectInStep(aws, address);
    expect(address.state["publicIp"]).to.match(/^\d+\.\d+\.\d+\.\d+$/);
    address = await change(aws, address, { domain: "vpc", tags: { Name: "nat-1" } });
    const inputs = { allocationId: address.id, subnetId: publicSubnet.id };
    let nat = await make(aws, natGateway, inputs);
    await expectInStep(aws, nat);
    nat = await change(aws, nat, { ...inputs, tags: { Name: "nat" } });
    await expectInStep(aws, nat);
    expect(
      problemsOf(natGateway, { subnetId: publicSubnet.id }).map(({ property }) => property),
    ).to.deep.equal(["allocationId"]);
    const ec2 = await aws.ec2();
    await ec2.deleteNatGateway({ NatGatewayId: nat.id });
    expect(await refresh(aws, nat)).to.equal(undefined);
    await end(aws, nat);
    await end(aws, address);
  });

  it("manage a gateway endpoint and change its route tables in place", async () => {
    const { aws } = account;
    const first = await make(aws, routeTable, { vpcId: network.id });
    const second = await make(aws, routeTable, { vpcId: network.id });
    const inputs = {
      routeTableIds: [first.id],
      serviceName: "com.amazonaws.us-east-1.s3",
      tags: { Name: "s3" },
      vpcId: network.id,
    };
    let kept = await make(aws, vpcEndpoint, inputs);
    await expectInStep(aws, kept);
    expect(kept.state["prefixListId"]).to.match(/^pl-/);
    kept = await change(aws, kept, { ...inputs, routeTableIds: [second.id], tags: {} });
    await expectInStep(aws, kept);
    const ec2 = await aws.ec2();
    await ec2.modifyVpcEndpoint({ VpcEndpointId: kept.id, AddRouteTableIds: [first.id] });
    expect(await driftOf(aws, kept)).to.deep.equal(["routeTableIds"]);
    for (const one of [kept, first, second]) await end(aws, one);
  });

  it("manage an interface endpoint with its subnets and groups", async () => {
    const { aws } = account;
    const group = textIn(network, "defaultSecurityGroupId");
    const kept = await make(aws, vpcEndpoint, {
      privateDnsEnabled: true,
      securityGroupIds: [group],
      serviceName: "com.amazonaws.us-east-1.secretsmanager",
      subnetIds: [publicSubnet.id],
      vpcEndpointType: "Interface",
      vpcId: network.id,
    });
    await expectInStep(aws, kept);
    expect(kept.state).to.deep.include({ privateDnsEnabled: true, securityGroupIds: [group] });
    await end(aws, kept);
  });

  it("refuse properties of the other endpoint type", () => {
    const inputs = { serviceName: "com.amazonaws.us-east-1.s3", vpcId: "vpc-1" };
    expect(problemsOf(vpcEndpoint, { ...inputs, subnetIds: ["subnet-1"] })).to.deep.equal([
      { property: "subnetIds", reason: "a Gateway endpoint does not support subnetIds" },
    ]);
    expect(
      problemsOf(vpcEndpoint, { ...inputs, vpcEndpointType: "Interface", routeTableIds: ["rtb-1"] }),
    ).to.have.length(1);
  });
});
