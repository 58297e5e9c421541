import { expect } from "chai";

import { emulatorApi } from "../../../localAws/emulator";
import { furnish, unfurnish, type Furniture } from "../../../localAws/prerequisites";
import { awsClients } from "../../../localAws/providers/aws/clients";
import { startTestEmulator, type TestEmulator } from "../../support/emulator";

const furniture: Furniture = {
  hostedZones: ["example.com"],
  roles: ["service-role/LabRole"],
  instanceProfiles: ["LabInstanceProfile"],
  keyPairs: ["vockey"],
};

describe("an account's furniture", function () {
  this.timeout(60_000);

  let emulator: TestEmulator;
  const targetOf = (accountId: string) => ({
    endpoint: emulator.endpoint,
    region: "us-east-1",
    accountId,
  });
  const typesIn = async (accountId: string) =>
    (await emulatorApi(emulator.endpoint).resources(accountId)).map(({ type }) => type);

  before(async () => {
    emulator = await startTestEmulator();
  });
  after(async () => {
    await emulator.stop();
  });

  it("is put there once, and goes to the last piece", async () => {
    const target = targetOf("111111111111");
    await furnish(target, furniture);
    await furnish(target, furniture);
    const there = await typesIn(target.accountId);
    expect(there).to.have.length(4);
    const iam = await awsClients(target).iam();
    const { InstanceProfile } = await iam.getInstanceProfile({ InstanceProfileName: "LabInstanceProfile" });
    expect(InstanceProfile?.Roles?.map(({ Arn }) => Arn)).to.deep.equal([
      "arn:aws:iam::111111111111:role/service-role/LabRole",
    ]);
    await unfurnish(target, furniture);
    expect(await typesIn(target.accountId)).to.deep.equal([]);
    await unfurnish(target, furniture);
  });

  it("stays where somebody else made it", async () => {
    const target = targetOf("222222222222");
    const iam = await awsClients(target).iam();
    await iam.createRole({ RoleName: "LabRole", Path: "/service-role/", AssumeRolePolicyDocument: "{}" });
    await iam.createInstanceProfile({ InstanceProfileName: "LabInstanceProfile" });
    await (await awsClients(target).ec2()).createKeyPair({ KeyName: "vockey" });
    const route53 = await awsClients(target).route53();
    await route53.createHostedZone({ Name: "example.com", CallerReference: "by hand" });
    const before = await typesIn(target.accountId);
    expect(before).to.have.length(4);
    await furnish(target, furniture);
    await unfurnish(target, furniture);
    expect(await typesIn(target.accountId)).to.deep.equal(before);
  });
});
