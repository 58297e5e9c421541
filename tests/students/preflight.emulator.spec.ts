import { EC2 } from "@aws-sdk/client-ec2";
import { expect } from "chai";

import { stackSettings } from "../../config";
import { createPrerequisites, prerequisitesOf, deletePrerequisites } from "../../localAws/prerequisites";
import { accountOf, askAccount } from "../../students/preflight/ask";
import { taggedResources } from "../../students/work/leftovers";
import { useEmulator } from "../support/emulator";

const settings = stackSettings.parse({
  network: { natGateways: "single" },
  fleet: { sizing: "manual", instanceProfileName: "LabInstanceProfile", keyPairName: "vockey" },
  launcher: { existingRoleArn: "arn:aws:iam::111111111111:role/LabRole" },
});

describe("the preflight of an account in the emulator", () => {
  const emulator = useEmulator();

  it("reports the account's id", async () => {
    expect(await accountOf(emulator.clientConfig("111111111111"))).to.equal("111111111111");
  });

  it("names the missing prerequisites of a lab, before they are created and after they are deleted", async () => {
    const accountId = "222222222222";
    const target = { endpoint: emulator.endpoint, region: "us-east-1", accountId };
    const missing = async () =>
      (await askAccount(emulator.clientConfig(accountId), accountId, settings)).region?.missing;
    const all = ["instance profile LabInstanceProfile", "role LabRole", "key pair vockey in us-east-1"];

    expect(await missing()).to.deep.equal(all);
    const lab = prerequisitesOf({
      "wordpress:fleet": settings.fleet,
      "wordpress:launcher": settings.launcher,
    });
    await createPrerequisites(target, lab);
    expect(await missing()).to.deep.equal([]);
    await deletePrerequisites(target, lab);
    expect(await missing()).to.deep.equal(all);
  });

  it("reports the used part of its limits, and whether it may create images", async () => {
    const accountId = "333333333333";
    await new EC2(emulator.clientConfig(accountId)).allocateAddress({ Domain: "vpc" });
    const facts = await askAccount(emulator.clientConfig(accountId), accountId, settings);
    expect(facts.region).to.deep.include({
      servers: 0,
      vcpus: 0,
      // Two servers of the fleet and three of the launcher, with two vCPUs each.
      wantedVcpus: 10,
      vpcs: 1,
      elasticIps: 1,
      refusedTypes: [],
      // The emulator knows only the quota of VPCs.
      quotas: { vpcs: 5, elasticIps: 5, vcpus: 32, assumed: ["5 Elastic IPs", "32 vCPUs"] },
    });
    expect(facts.region?.images).to.be.oneOf(["allowed", "unknown"]);
  });

  it("blocks no account without a default VPC, and counts its VPCs", async () => {
    const accountId = "555555555555";
    const ec2 = new EC2(emulator.clientConfig(accountId));
    const { Vpcs = [] } = await ec2.describeVpcs({});
    for (const { VpcId } of Vpcs) {
      const { Subnets = [] } = await ec2.describeSubnets({
        Filters: [{ Name: "vpc-id", Values: [VpcId ?? ""] }],
      });
      for (const { SubnetId } of Subnets) await ec2.deleteSubnet({ SubnetId });
      const { InternetGateways = [] } = await ec2.describeInternetGateways({});
      for (const { InternetGatewayId } of InternetGateways) {
        await ec2.detachInternetGateway({ InternetGatewayId, VpcId });
      }
      await ec2.deleteVpc({ VpcId });
    }
    const facts = await askAccount(emulator.clientConfig(accountId), accountId, settings);
    expect(facts.region).to.deep.include({ vpcs: 0, refusedTypes: [], lacksConnectRole: true });
  });

  it("lists what remains of a stack, with its cost", async () => {
    const accountId = "444444444444";
    const ec2 = new EC2(emulator.clientConfig(accountId));
    const tags = (stack: string) => [
      { Key: "Stack", Value: stack },
      { Key: "ManagedBy", Value: "pulumi" },
    ];
    const specification = (stack: string) => [{ ResourceType: "elastic-ip" as const, Tags: tags(stack) }];
    await ec2.createVpc({
      CidrBlock: "10.1.0.0/16",
      TagSpecifications: [{ ResourceType: "vpc", Tags: tags("kim") }],
    });
    await ec2.allocateAddress({ Domain: "vpc", TagSpecifications: specification("lee") });
    const left = await taggedResources(emulator.clientConfig(accountId), "kim");
    expect(left).to.have.lengthOf(1);
    expect(left[0]?.what).to.match(/^arn:aws:ec2:us-east-1:444444444444:vpc\/vpc-/);
    expect(left[0]?.dollarsPerHour).to.equal(undefined);
  });
});
