import { expect } from "chai";

import { getInstanceProfile, getRole } from "../../../../localAws/providers/aws/iam/functions";
import { instanceProfile } from "../../../../localAws/providers/aws/iam/instanceProfile";
import { policy } from "../../../../localAws/providers/aws/iam/policy";
import { role } from "../../../../localAws/providers/aws/iam/role";
import { rolePolicy } from "../../../../localAws/providers/aws/iam/rolePolicy";
import { rolePolicyAttachment } from "../../../../localAws/providers/aws/iam/rolePolicyAttachment";
import { rejectionOf } from "../../../support/rejection";
import { trust } from "./documents";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, refresh, textIn } from "./life";

const managed = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

function allow(action: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
  });
}

describe("IAM types on the emulator", () => {
  const account = emulatedAccount();

  it("manage a role from its creation to its deletion", async () => {
    const { aws } = account;
    const inputs = {
      assumeRolePolicy: trust("ec2.amazonaws.com"),
      description: "servers",
      forceDetachPolicies: true,
      tags: { Name: "server", Team: "web" },
    };
    const made = await make(aws, role, inputs);
    expect(made.id).to.match(/^thing-[0-9a-f]{7}$/);
    expect(made.state["arn"]).to.equal(`arn:aws:iam::${aws.accountId}:role/${made.id}`);
    await expectInStep(aws, made);

    const changed = await change(aws, made, {
      ...inputs,
      assumeRolePolicy: trust("lambda.amazonaws.com"),
      description: "functions",
      maxSessionDuration: 7200,
      tags: { Name: "function" },
    });
    await expectInStep(aws, changed);

    const iam = await aws.iam();
    await iam.tagRole({ RoleName: made.id, Tags: [{ Key: "Name", Value: "hand-made" }] });
    await iam.updateAssumeRolePolicy({ RoleName: made.id, PolicyDocument: trust("ec2.amazonaws.com") });
    expect(await driftOf(aws, changed)).to.deep.equal(["assumeRolePolicy", "tags"]);

    await iam.attachRolePolicy({ RoleName: made.id, PolicyArn: managed });
    await iam.putRolePolicy({ RoleName: made.id, PolicyName: "more", PolicyDocument: allow("s3:*") });
    await end(aws, changed);
  });

  it("report no difference for another spelling of a policy document", async () => {
    const { aws } = account;
    const made = await make(aws, role, { assumeRolePolicy: trust("ec2.amazonaws.com"), name: "spaced" });
    const spaced = JSON.stringify(JSON.parse(trust("ec2.amazonaws.com")), null, 2);
    expect(preview(made, { ...made.inputs, assumeRolePolicy: spaced }).changed).to.deep.equal([]);
  });

  it("manage an inline policy of a role", async () => {
    const { aws } = account;
    await make(aws, role, { assumeRolePolicy: trust("ec2.amazonaws.com"), name: "own" });
    const made = await make(aws, rolePolicy, { role: "own", policy: allow("ec2:Describe*") });
    expect(made.id).to.match(/^own:thing-/);
    await expectInStep(aws, made);

    const changed = await change(aws, made, { role: "own", policy: allow("ec2:RunInstances") });
    await expectInStep(aws, changed);

    const PolicyName = textIn(made, "name");
    const iam = await aws.iam();
    await iam.putRolePolicy({ RoleName: "own", PolicyName, PolicyDocument: allow("*") });
    expect(await driftOf(aws, changed)).to.deep.equal(["policy"]);
    await end(aws, changed);
  });

  it("manage the attachment of a managed policy", async () => {
    const { aws } = account;
    await make(aws, role, { assumeRolePolicy: trust("lambda.amazonaws.com"), name: "attached" });
    const made = await make(aws, rolePolicyAttachment, { role: "attached", policyArn: managed });
    await expectInStep(aws, made);
    expect(preview(made, { ...made.inputs, role: "other" }).replaced).to.deep.equal(["role"]);

    await (await aws.iam()).detachRolePolicy({ RoleName: "attached", PolicyArn: managed });
    expect(await refresh(aws, made)).to.equal(undefined);
    await end(aws, made);
  });

  it("manage an instance profile and the role in it", async () => {
    const { aws } = account;
    for (const name of ["before", "after"]) {
      await make(aws, role, { assumeRolePolicy: trust("ec2.amazonaws.com"), name });
    }
    const made = await make(aws, instanceProfile, { role: "before", tags: { Name: "profile" } });
    await expectInStep(aws, made);
    const changed = await change(aws, made, { role: "after", tags: { Name: "profile", Team: "web" } });
    await expectInStep(aws, changed);

    const iam = await aws.iam();
    await iam.removeRoleFromInstanceProfile({ InstanceProfileName: made.id, RoleName: "after" });
    expect(await driftOf(aws, changed)).to.deep.equal(["role"]);
    await iam.addRoleToInstanceProfile({ InstanceProfileName: made.id, RoleName: "after" });
    await end(aws, changed);
  });

  it("manage a customer managed policy, with one version at a time", async () => {
    const { aws } = account;
    const made = await make(aws, policy, { policy: allow("s3:GetObject"), description: "reads" });
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      policy: allow("s3:*"),
      description: "reads",
      tags: { A: "b" },
    });
    await expectInStep(aws, changed);
    const { Versions } = await (await aws.iam()).listPolicyVersions({ PolicyArn: made.id });
    expect(Versions).to.have.length(1);
    await end(aws, changed);
  });

  it("find an existing role and profile by name, and report a missing one", async () => {
    const { aws } = account;
    const existing = await make(aws, role, {
      assumeRolePolicy: trust("ec2.amazonaws.com"),
      name: "LabRole",
      tags: { Lab: "yes" },
    });
    await make(aws, instanceProfile, { name: "LabInstanceProfile", role: "LabRole" });

    const found = await getRole.invoke(aws, { name: "LabRole" });
    expect(found["arn"]).to.equal(existing.state["arn"]);
    expect(found["tags"]).to.deep.equal({ Lab: "yes" });
    const profile = await getInstanceProfile.invoke(aws, { name: "LabInstanceProfile" });
    expect(profile["roleArn"]).to.equal(existing.state["arn"]);

    expect(await rejectionOf(getRole.invoke(aws, { name: "missing" }))).to.contain("missing");
  });
});
