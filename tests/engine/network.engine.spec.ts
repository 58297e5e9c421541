import { expect } from "chai";

import { awsClients, type AwsClients } from "../../localAws/providers/aws/clients";
import { openLocalRun, succeeded, targetOf, type Ended, type LocalRun } from "../support/localRun";

/** Changes of a live network's settings: refused before anything changes, or made in place. */
describe("the network of a live stack", () => {
  let local: LocalRun;
  let aws: AwsClients;
  let vpcId: string;

  before(async () => {
    local = await openLocalRun();
    // AWS offers no t3 in us-east-1e, so the stack uses the first two of the other zones.
    const facts = succeeded(await local.run("up"));
    aws = awsClients(targetOf(facts));
    vpcId = String(facts.outputs["vpcId"]);
  });
  after(async () => {
    await local.close();
  });

  /** The ids of all parts of the VPC: equal ids before and after mean that nothing was created or deleted. */
  const parts = async () => {
    const ec2 = await aws.ec2();
    const [vpcs, subnets, groups] = await Promise.all([
      ec2.describeVpcs({}),
      ec2.describeSubnets({}),
      ec2.describeSecurityGroups({}),
    ]);
    return [
      ...(vpcs.Vpcs ?? []).map(({ VpcId }) => VpcId),
      ...(subnets.Subnets ?? []).map(({ SubnetId }) => SubnetId),
      ...(groups.SecurityGroups ?? []).map(({ GroupId }) => GroupId),
    ].sort();
  };
  const zones = async () => {
    const { Subnets = [] } = await (
      await aws.ec2()
    ).describeSubnets({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
    return [...new Set(Subnets.map(({ AvailabilityZone }) => AvailabilityZone))].sort();
  };
  const refusal = ({ status, facts, stderr }: Ended) => {
    expect(status, stderr).to.equal(1);
    return `${facts.error ?? ""} ${facts.errors.map(({ message }) => message).join("\n")}`;
  };
  const withNetwork = (from: string, to: string) => local.change("local", from, to);
  const plain = "natGateways: none";

  it("keeps its address range: refuses another one, and has no change with the old one", async () => {
    const before = await parts();
    const other = `${plain}\n    cidrBlock: 10.99.0.0/16`;
    await withNetwork(plain, other);
    for (const command of ["preview", "up"]) {
      const stderr = refusal(await local.run(command));
      expect(stderr).to.include('network.cidrBlock: "10.99.0.0/16"');
      expect(stderr).to.include(`10.20.0.0/16, which the stack's VPC ${vpcId} has`);
    }
    expect(await parts()).to.deep.equal(before);

    await withNetwork(other, plain);
    expect(succeeded(await local.run("up")).changes).to.deep.equal({});
    expect(await parts()).to.deep.equal(before);
  });

  it("keeps its zones: refuses other zones, and accepts its own in any order", async () => {
    const before = await parts();
    const [first = "", second = ""] = await zones();
    expect([first, second]).to.deep.equal(["us-east-1a", "us-east-1b"]);
    const other = `${plain}\n    availabilityZones: [us-east-1c, us-east-1d]`;
    await withNetwork(plain, other);
    expect(refusal(await local.run("up")))
      .to.include("network.availabilityZones")
      .and.include(`${first}, ${second}`);
    expect(await parts()).to.deep.equal(before);

    const own = `${plain}\n    availabilityZones: [${second}, ${first}]`;
    await withNetwork(other, own);
    expect(succeeded(await local.run("up")).changes).to.deep.equal({});
    await withNetwork(own, plain);
  });

  it("refuses a type that its zones do not offer before it creates anything", async () => {
    const before = await parts();
    await local.change(
      "local",
      "image: { source: bake }",
      "image: { source: bake }\n    instanceType: t3.huge",
    );
    expect(refusal(await local.run("up"))).to.include('fleet.instanceType: "t3.huge"');
    expect(await parts()).to.deep.equal(before);
    await local.change("local", "\n    instanceType: t3.huge", "");
  });

  const state = async () => {
    const ec2 = await aws.ec2();
    const inVpc = { Name: "vpc-id", Values: [vpcId] };
    const [nats, addresses, tables, endpoints] = await Promise.all([
      ec2.describeNatGateways({ Filter: [inVpc, { Name: "state", Values: ["available", "pending"] }] }),
      ec2.describeAddresses({}),
      ec2.describeRouteTables({ Filters: [inVpc] }),
      ec2.describeVpcEndpoints({ Filters: [inVpc] }),
    ]);
    const routes = (tables.RouteTables ?? []).flatMap(({ Routes = [] }) => Routes);
    return {
      nats: nats.NatGateways?.length,
      addresses: addresses.Addresses?.length,
      routedTo: new Set(routes.flatMap(({ NatGatewayId }) => NatGatewayId ?? [])).size,
      routes: routes.filter(({ NatGatewayId }) => NatGatewayId !== undefined).length,
      endpoints: (endpoints.VpcEndpoints ?? []).filter(({ State }) => !/^delet/i.test(State ?? "")).length,
    };
  };
  const none = { nats: 0, addresses: 0, routedTo: 0, routes: 0, endpoints: 1 };
  const single = { nats: 1, addresses: 1, routedTo: 1, routes: 2, endpoints: 0 };
  const perAz = { nats: 2, addresses: 2, routedTo: 2, routes: 2, endpoints: 0 };
  for (const [from, to, expected] of [
    ["none", "single", single],
    ["single", "perAz", perAz],
    ["perAz", "single", single],
    ["single", "none", none],
    ["none", "perAz", perAz],
    ["perAz", "none", none],
  ] as const) {
    it(`changes its NAT gateways in place, with their addresses and routes: ${from} to ${to}`, async () => {
      await withNetwork(`natGateways: ${from}`, `natGateways: ${to}`);
      const { changes, outputs } = succeeded(await local.run("up"));
      expect(changes).not.to.have.property("replaced");
      expect(outputs["vpcId"]).to.equal(vpcId);
      expect(await state()).to.deep.equal(expected);
    });
  }
});
