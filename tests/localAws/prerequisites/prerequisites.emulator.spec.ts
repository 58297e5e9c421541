import { expect } from "chai";

import {
  createPrerequisites,
  deletePrerequisites,
  type Prerequisites,
} from "../../../localAws/prerequisites";
import { awsClients } from "../../../localAws/providers/aws/clients";
import { useEmulator } from "../../support/emulator";

const prerequisites: Prerequisites = {
  hostedZones: ["example.com"],
  roles: ["service-role/LabRole"],
  instanceProfiles: ["LabInstanceProfile"],
  keyPairs: ["vockey"],
};

describe("an account's prerequisites", () => {
  const emulator = useEmulator();
  const targetOf = (accountId: string) => ({
    endpoint: emulator.endpoint,
    region: "us-east-1",
    accountId,
  });
  const typesIn = async (accountId: string) =>
    (await emulator.api.resources(accountId)).map(({ type }) => type);

  it("are created once, and all deleted", async () => {
    const target = targetOf("111111111111");
    await createPrerequisites(target, prerequisites);
    await createPrerequisites(target, prerequisites);
    const there = await typesIn(target.accountId);
    expect(there).to.have.length(4);
    const iam = await awsClients(target).iam();
    const { InstanceProfile } = await iam.getInstanceProfile({ InstanceProfileName: "LabInstanceProfile" });
    expect(InstanceProfile?.Roles?.map(({ Arn }) => Arn)).to.deep.equal([
      "arn:aws:iam::111111111111:role/service-role/LabRole",
    ]);
    await deletePrerequisites(target, prerequisites);
    expect(await typesIn(target.accountId)).to.deep.equal([]);
    await deletePrerequisites(target, prerequisites);
  });

  it("stay in the account if a user created them", async () => {
    const target = targetOf("222222222222");
    const iam = await awsClients(target).iam();
    await iam.createRole({ RoleName: "LabRole", Path: "/service-role/", AssumeRolePolicyDocument: "{}" });
    await iam.createInstanceProfile({ InstanceProfileName: "LabInstanceProfile" });
    await (await awsClients(target).ec2()).createKeyPair({ KeyName: "vockey" });
    const route53 = await awsClients(target).route53();
    await route53.createHostedZone({ Name: "example.com", CallerReference: "by hand" });
    const before = await typesIn(target.accountId);
    expect(before).to.have.length(4);
    await createPrerequisites(target, prerequisites);
    await deletePrerequisites(target, prerequisites);
    expect(await typesIn(target.accountId)).to.deep.equal(before);
  });
});
