import { expect } from "chai";

import {
  documentPaths,
  managedPolicyPaths,
  onAllowingStatements,
} from "../../../../../policies/support/views/grants/identities";
import { awsPolicyName, onAwsPolicies } from "../../../../../policies/support/views/grants/managedPolicies";
import { propsAt } from "../../propsAt";
import { judgementOf } from "./judgement";

const arnOf = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const refusing = onAwsPolicies((name) => name.includes("Full"), "a policy of your own");
const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

describe("a policy that AWS manages", () => {
  it("has the last part of its path as its name", () => {
    expect(awsPolicyName(arnOf("AdministratorAccess"))).to.equal("AdministratorAccess");
    expect(awsPolicyName("arn:aws-cn:iam::aws:policy/service-role/AWSLambdaRole")).to.equal("AWSLambdaRole");
    for (const arn of [
      "arn:aws:iam::123456789012:policy/AdministratorAccess",
      `x${arnOf("AdministratorAccess")}`,
      arnOf("service-role/"),
      "AdministratorAccess",
      "",
    ])
      expect(awsPolicyName(arn), arn).to.equal(undefined);
  });

  for (const [type, path] of Object.entries(managedPolicyPaths)) {
    it(`is refused in ${type} at ${path}`, () => {
      const value = arnOf("AmazonS3FullAccess");
      expect(judgementOf(refusing, type, propsAt(path, value))).to.deep.equal([
        { at: path.replace("[]", "[0]"), value, allowed: "a policy of your own" },
      ]);
      for (const other of [arnOf("ReadOnlyAccess"), "arn:aws:iam::1:policy/Full", 7])
        expect(judgementOf(refusing, type, propsAt(path, other))).to.deep.equal([]);
    });
  }

  it("is judged only where a type has it", () => {
    expect(refusing.appliesTo("aws:s3/bucket:Bucket")).to.equal(false);
    expect(refusing.appliesTo("constructor")).to.equal(false);
  });

  // sha1("arn:aws:iam::aws:policy/AmazonS3FullAccess") and …/AmazonEC2FullAccess, the first 8 digits: as the provider's
  // library names the attachments.
  const s3 = { policyArn: arnOf("AmazonS3FullAccess") };

  it("passes where aws.lambda.CallbackFunction attaches it by itself", () => {
    expect(judgementOf(refusing, attachment, s3, "job-4aaabb8e")).to.deep.equal([]);
  });

  it("is refused under the name of such an attachment with another policy or type", () => {
    expect(judgementOf(refusing, attachment, s3, "job-00000000")).to.have.lengthOf(1);
    const ec2 = { policyArn: arnOf("AmazonEC2FullAccess") };
    expect(judgementOf(refusing, attachment, ec2, "job-927f1862")).to.have.lengthOf(1);
    const user = "aws:iam/userPolicyAttachment:UserPolicyAttachment";
    expect(judgementOf(refusing, user, s3, "job-4aaabb8e")).to.have.lengthOf(1);
  });
});

describe("the policy documents of identities", () => {
  const document = {
    Statement: [
      { Effect: "Deny", Action: "a:b", Resource: "*" },
      { Effect: "Allow", Action: "c:d", Resource: "*" },
      { Effect: "Allow", Action: "e:f", Resource: "*" },
    ],
  };
  const judgement = onAllowingStatements(({ actions = [] }) =>
    actions.includes("e:f") ? undefined : { value: actions.join(), allowed: "e:f" },
  );

  for (const [type, path] of Object.entries(documentPaths)) {
    it(`are judged by their allowing statements in ${type}`, () => {
      expect(judgementOf(judgement, type, propsAt(path, JSON.stringify(document)))).to.deep.equal([
        { at: `${path.replace("[]", "[0]")}.Statement[1]`, value: "c:d", allowed: "e:f" },
      ]);
    });
  }

  it("are in no other type", () => {
    expect(judgement.appliesTo("aws:s3/bucket:Bucket")).to.equal(false);
    expect(judgement.appliesTo("toString")).to.equal(false);
  });
});
