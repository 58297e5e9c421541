import { STS } from "@aws-sdk/client-sts";
import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { clientsOf, makeGroup, makeNetwork, makeQueue, refusalOf } from "./fleet";

const [alice, bob] = ["111111111111", "222222222222"] as const;

describe("accounts of the emulator", () => {
  const emulator = useEmulator();

  const clients = (accountId: string, region?: string) => clientsOf(emulator.clientConfig(accountId, region));

  it("are named by the access key, and listed after their first call", async () => {
    const { api } = emulator;
    expect((await api.health()).accounts).to.not.include("333333333333");
    const { Account } = await new STS(emulator.clientConfig("333333333333")).getCallerIdentity({});
    expect(Account).to.equal("333333333333");
    expect((await api.health()).accounts).to.include("333333333333");
  });

  it("are separate from each other, and are emptied one at a time, in all regions", async () => {
    const { api } = emulator;
    await makeGroup(clients(alice), { min: 1, desired: 1, max: 1 });
    await makeQueue(clients(alice), "jobs", alice);
    await makeNetwork(clients(alice, "us-west-2"), "us-west-2");
    const { vpcId } = await makeNetwork(clients(bob));

    const types = (await api.resources(alice)).map(({ service, region, type }) =>
      [service, region, type].join(),
    );
    expect(types).to.include.members([
      "autoscaling,us-east-1,group",
      "ec2,us-east-1,instance",
      "ec2,us-east-1,launch-template",
      "ec2,us-west-2,vpc",
      "sqs,us-east-1,queue",
    ]);
    const { Vpcs } = await clients(alice).ec2.describeVpcs({});
    expect(Vpcs?.map((it) => it.VpcId)).to.not.include(vpcId);

    await api.reset(alice);
    expect(await api.resources(alice)).to.be.empty;
    expect((await api.health()).accounts).to.not.include(alice);
    expect(await api.resources(bob)).to.deep.include({
      service: "ec2",
      region: "us-east-1",
      type: "vpc",
      id: vpcId,
    });
  });

  it("list no resources when they are new, and none after a user deleted all of them", async () => {
    const { api } = emulator;
    const account = clients("444444444444");
    // Makes the account's defaults: a VPC with its parts, images, a key for encrypted disks.
    await account.ec2.describeVpcs({});
    expect(await api.resources("444444444444")).to.be.empty;
    const template = {
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { Encrypted: true, VolumeSize: 8 } }],
    };
    const { network, templateId } = await makeGroup(account, { min: 2, desired: 2, max: 2 }, { template });
    await account.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: "web", ForceDelete: true });
    await account.ec2.deleteLaunchTemplate({ LaunchTemplateId: templateId });
    await account.ec2.deleteSecurityGroup({ GroupId: network.groupId });
    for (const SubnetId of network.subnetIds) await account.ec2.deleteSubnet({ SubnetId });
    await account.ec2.deleteVpc({ VpcId: network.vpcId });
    expect(await api.resources("444444444444")).to.be.empty;
  });

  it("attach AWS's managed policies to roles by name", async () => {
    const { iam } = clients("555555555555");
    const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
    await iam.createRole({ RoleName: "server", AssumeRolePolicyDocument });
    const PolicyArn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
    await iam.attachRolePolicy({ RoleName: "server", PolicyArn });
    const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName: "server" });
    expect(AttachedPolicies?.map((it) => it.PolicyArn)).to.deep.equal([PolicyArn]);
    const missing = iam.attachRolePolicy({ RoleName: "server", PolicyArn: `${PolicyArn}NotThere` });
    expect((await refusalOf(missing)).name).to.match(/^NoSuchEntity/);
  });

  it("return 501 and the action's name for a call that the emulator lacks, in services of every protocol", async () => {
    const { ec2, autoScaling } = clients(bob);
    const screenshot = await refusalOf(ec2.getConsoleScreenshot({ InstanceId: "i-0123456789abcdef0" }));
    expect(screenshot).to.have.property("name", "NotImplemented");
    expect(screenshot).to.have.nested.property("$metadata.httpStatusCode", 501);
    expect(screenshot.message).to.contain("ec2 GetConsoleScreenshot");
    const hours = { StartTime: new Date(0), EndTime: new Date(1) };
    const forecast = await refusalOf(
      autoScaling.getPredictiveScalingForecast({ AutoScalingGroupName: "web", PolicyName: "p", ...hours }),
    );
    expect(forecast.message).to.contain("autoscaling GetPredictiveScalingForecast");
  });

  it("return 404 for an unknown path of the emulator's own API", async () => {
    const response = await fetch(`${emulator.endpoint}/_local/accounts/12/reset`, { method: "POST" });
    expect(response.status).to.equal(404);
  });
});
