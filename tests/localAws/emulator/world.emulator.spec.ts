import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { clientsOf, makeNetwork, present, refusalOf } from "./fleet";

/** As long as the emulator waits at most, and longer than any other request takes, also on a loaded machine. */
const longWaitSeconds = 60;

describe("the emulator's world for a live region", () => {
  const emulator = useEmulator();

  const openAccount = () => {
    const accountId = emulator.newAccountId();
    return { accountId, ...clientsOf(emulator.clientConfig(accountId)) };
  };

  describe("waiting for a change", () => {
    it("answers at once without a number", async () => {
      const begin = Date.now();
      const world = await emulator.api.world({ waitSeconds: longWaitSeconds });
      expect(world.number).to.be.at.least(0);
      expect(Date.now() - begin).to.be.below(longWaitSeconds * 1000);
    });

    it("answers after the wait when nothing changes, also when others read", async () => {
      const { ec2 } = openAccount();
      await ec2.describeVpcs();
      const { number } = await emulator.api.world();
      const begin = Date.now();
      const waiting = emulator.api.world({ after: number, waitSeconds: 1 });
      await ec2.describeVpcs();
      expect((await waiting).number).to.equal(number);
      expect(Date.now() - begin).to.be.at.least(1000);
    });

    it("answers soon after a change, with the change", async () => {
      const { accountId, ec2 } = openAccount();
      const { number } = await emulator.api.world();
      const begin = Date.now();
      const waiting = emulator.api.world({ after: number, waitSeconds: longWaitSeconds });
      const { Vpc } = await ec2.createVpc({ CidrBlock: "10.9.0.0/16" });
      const world = await waiting;
      expect(Date.now() - begin).to.be.below(longWaitSeconds * 1000);
      expect(world.number).to.be.above(number);
      const place = world.places.find((candidate) => candidate.accountId === accountId);
      expect(place?.vpcs.map(({ id }) => id)).to.deep.equal([Vpc?.VpcId]);
    });
  });

  it("leaves out an account that has nothing to run", async () => {
    const { accountId, ec2 } = openAccount();
    await ec2.describeVpcs();
    const { places } = await emulator.api.world();
    expect(places.map((place) => place.accountId)).to.not.include(accountId);
  });

  describe("network interfaces of AWS's services", () => {
    it("gives an internet-facing load balancer one in each subnet, until it is deleted", async () => {
      const { ec2, elbv2, ...clients } = openAccount();
      const network = await makeNetwork({ ec2, elbv2, ...clients });
      const { LoadBalancers } = await elbv2.createLoadBalancer({
        Name: "site",
        Subnets: [...network.subnetIds],
        SecurityGroups: [network.groupId],
      });
      const arn = present(LoadBalancers?.[0]?.LoadBalancerArn);
      const described = async () => {
        const Filters = [{ Name: "vpc-id", Values: [network.vpcId] }];
        return (await ec2.describeNetworkInterfaces({ Filters })).NetworkInterfaces ?? [];
      };
      const interfaces = await described();
      expect(interfaces.map(({ SubnetId }) => SubnetId)).to.have.members([...network.subnetIds]);
      for (const found of interfaces) {
        expect(found.Description).to.match(/^ELB app\/site\/[0-9a-f]{16}$/);
        expect(found.RequesterManaged).to.equal(true);
        expect(found.Groups?.map(({ GroupId }) => GroupId)).to.deep.equal([network.groupId]);
        expect(found.Association?.PublicIp).to.match(/^54\./);
      }

      const NetworkInterfaceId = present(interfaces[0]?.NetworkInterfaceId);
      const refusal = await refusalOf(ec2.deleteNetworkInterface({ NetworkInterfaceId }));
      expect(refusal.message).to.equal(`Network interface '${NetworkInterfaceId}' is currently in use.`);

      await elbv2.deleteLoadBalancer({ LoadBalancerArn: arn });
      expect(await described()).to.deep.equal([]);
    });

    it("gives an interface endpoint addresses of its subnets, and its security groups", async () => {
      const { accountId, ec2, ...clients } = openAccount();
      const network = await makeNetwork({ ec2, ...clients });
      await ec2.createVpcEndpoint({
        VpcId: network.vpcId,
        VpcEndpointType: "Interface",
        ServiceName: "com.amazonaws.us-east-1.secretsmanager",
        SubnetIds: [...network.subnetIds],
        SecurityGroupIds: [network.groupId],
      });
      const { places } = await emulator.api.world();
      const [endpoint] = places.find((place) => place.accountId === accountId)?.vpcs[0]?.endpoints ?? [];
      expect(endpoint?.interfaces.map(({ privateIp }) => privateIp.replace(/\d+$/, ""))).to.have.members([
        "10.0.0.",
        "10.0.1.",
      ]);
      expect(endpoint?.interfaces.map(({ groups }) => groups)).to.deep.equal([
        [network.groupId],
        [network.groupId],
      ]);
    });

    it("never gives one address to two interfaces, nor one public address to two accounts", async () => {
      const publicAddresses: (string | null)[] = [];
      for (const { accountId, ec2, elbv2, ...clients } of [openAccount(), openAccount()]) {
        const network = await makeNetwork({ ec2, elbv2, ...clients });
        const Subnets = [...network.subnetIds];
        for (const Name of ["one", "two"]) await elbv2.createLoadBalancer({ Name, Subnets });
        const { places } = await emulator.api.world();
        const place = places.find((candidate) => candidate.accountId === accountId);
        const interfaces = place?.loadBalancers.flatMap((balancer) => balancer.interfaces) ?? [];
        expect(new Set(interfaces.map(({ privateIp }) => privateIp))).to.have.length(4);
        publicAddresses.push(...interfaces.map(({ publicIp }) => publicIp));
      }
      expect(new Set(publicAddresses)).to.have.length(8);
    });
  });
});
