import { expect } from "chai";

import { statementsOf } from "../../../../../policies/support/views/grants/document";
import { openStatements } from "../../../../../policies/support/views/grants/openness";

const bucket = ["arn:aws:s3:::mine", "arn:aws:s3:::mine/*"];
const everyone = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::mine/*" };
const others = { StringNotEquals: { "aws:SourceAccount": "123456789012" } };
const denied = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: bucket, Condition: others };
const open = (...statements: readonly object[]) => openStatements(statementsOf({ Statement: statements }));

describe("an open statement", () => {
  it("has its place and its principal", () => {
    expect(open({ Effect: "Deny" }, everyone)).to.deep.equal([
      { at: "Statement[1]", principal: "Principal *" },
    ]);
    const anyUser = "arn:aws:iam::*:user/mine";
    expect(open({ ...everyone, Principal: { AWS: ["arn:aws:iam::1:root", anyUser] } })).to.deep.equal([
      { at: "Statement[0]", principal: `Principal ${anyUser}` },
    ]);
    expect(open({ ...everyone, Principal: { AWS: "arn:aws:iam::12345678901?:root" } })).to.have.lengthOf(1);
    expect(open({ ...everyone, Principal: { AWS: "arn:aws:iam::123456789012:role/*" } })).to.deep.equal([]);
    expect(open({ ...everyone, Principal: { AWS: "x arn:aws:iam::*:root" } })).to.deep.equal([]);
  });

  it("is closed by a Deny for all others", () => {
    expect(open(everyone, denied)).to.deep.equal([]);
    expect(open(everyone, { ...denied, Action: "*", Resource: "*" })).to.deep.equal([]);
    expect(open(everyone, { ...denied, Principal: { AWS: "*" } })).to.deep.equal([]);
    expect(open(everyone, { ...denied, Action: ["s3:Get*"] })).to.deep.equal([]);
    const role = { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" };
    expect(open(role, { Effect: "Deny", Principal: "*", Action: "sts:*", Condition: others })).to.deep.equal(
      [],
    );
  });

  it("is closed by a Deny for each of its resources", () => {
    const both = { ...everyone, Action: ["s3:GetObject", "s3:ListBucket"], Resource: bucket };
    const denials = bucket.map((resource) => ({ ...denied, Resource: resource }));
    expect(open(both, ...denials)).to.deep.equal([]);
    expect(open(both, ...denials.slice(1))).to.have.lengthOf(1);
  });

  for (const [what, denial] of [
    ["an Allow", { ...denied, Effect: "Allow", Principal: { AWS: "arn:aws:iam::1:root" } }],
    ["a Deny for another principal", { ...denied, Principal: { AWS: "arn:aws:iam::1:root" } }],
    ["a Deny with exceptions of principals", { ...denied, Principal: undefined, NotPrincipal: "*" }],
    ["a Deny of another action", { ...denied, Action: "s3:PutObject" }],
    ["a Deny of another service", { ...denied, Action: "sqs:*" }],
    ["a Deny with exceptions of actions", { ...denied, Action: undefined, NotAction: "s3:PutObject" }],
    ["a Deny for another resource", { ...denied, Resource: "arn:aws:s3:::mine/private/*" }],
    ["a Deny with exceptions of resources", { ...denied, Resource: undefined, NotResource: "a" }],
    [
      "a Deny without a condition on the caller",
      { ...denied, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ],
    ["a Deny without a condition", { ...denied, Condition: {} }],
    [
      "a Deny with a second condition",
      { ...denied, Condition: { ...others, StringLike: { "s3:prefix": "private" } } },
    ],
  ] as const) {
    it(`is not closed by ${what}`, () => {
      const found = open(everyone, denial).filter(({ at }) => at === "Statement[0]");
      expect(found).to.deep.equal([{ at: "Statement[0]", principal: "Principal *" }]);
    });
  }

  it("with exceptions of actions or resources is closed only by a Deny of all", () => {
    const anyAction = { ...everyone, Action: undefined, NotAction: "s3:PutObject" };
    expect(open(anyAction, denied)).to.have.lengthOf(1);
    expect(open(anyAction, { ...denied, Action: "*" })).to.deep.equal([]);
    const anyResource = { ...everyone, Resource: undefined, NotResource: "arn:aws:s3:::mine/private/*" };
    expect(open(anyResource, denied)).to.have.lengthOf(1);
    expect(open(anyResource, { ...denied, Resource: "*" })).to.deep.equal([]);
  });
});
