import { expect } from "chai";

import { excludesOthers, limits } from "../../../../../policies/support/views/grants/conditions";

const like = (key: string, ...values: readonly string[]) => ({ operator: "stringlike", key, values });

/** A key, a value that limits the callers, and values that do not. */
const keys: readonly (readonly [key: string, limiting: readonly string[], open: readonly string[]])[] = [
  ["aws:principalaccount", ["123456789012"], ["*", "1234*", "", "?"]],
  [
    "aws:principalarn",
    ["arn:aws:iam::123456789012:role/*"],
    ["arn:aws:iam::*:role/a", "arn:aws:iam::12?:role/a", "arn:aws:sts::*:a:b:c:d:e", "*"],
  ],
  ["aws:principalorgid", ["o-1234567890"], ["o-*", "*", "o-123456789?"]],
  [
    "aws:principalorgpaths",
    ["o-a1b2c3d4e5/*", "o-a/r-b/ou-c/"],
    ["*/r-b", "o-*/r-b", "/r-b", "o-a", "x o-?/r", "o-*/r-b/ou"],
  ],
  ["aws:principalservicename", ["sns.amazonaws.com", "sns*"], ["*", "**", "?*", "", "://", "?"]],
  ["aws:sourceaccount", ["123456789012"], ["*"]],
  [
    "aws:sourcearn",
    ["arn:aws:sns:us-east-1:123456789012:*", "arn:aws:s3:::mine", "arn:aws:s3:::mine*"],
    ["arn:aws:s3:::*", "*", "mine", "aws:s3::::mine", "arn:aws:iam::*:role/*"],
  ],
  [
    "aws:sourceip",
    ["192.0.2.1", "10.0.0.0/8", "2001:db8::/32", "2001:db8::1"],
    ["0.0.0.0/0", "0.0.0.0/7", "2000::/31", "::/0", "*", "", "1.2.3.4/x"],
  ],
  ["aws:sourceorgid", ["o-1"], ["*"]],
  ["aws:sourceorgpaths", ["o-1/*"], ["*"]],
  ["aws:sourceowner", ["123456789012"], ["*"]],
  ["aws:sourcevpc", ["vpc-1"], ["vpc-*"]],
  ["aws:sourcevpcarn", ["arn:aws:ec2:us-east-1:123456789012:vpc/*"], ["arn:aws:ec2:*:*:vpc/*"]],
  ["aws:sourcevpce", ["vpce-1"], ["vpce-*"]],
  ["aws:userid", ["AROAEXAMPLE:*"], ["*", "*:*"]],
  ["elasticfilesystem:accessedviamounttarget", ["true", "True"], ["false", "", "*"]],
  ["elasticfilesystem:accesspointarn", ["arn:aws:elasticfilesystem:us-east-1:1:access-point/a"], ["*"]],
  ["kms:calleraccount", ["123456789012"], ["*"]],
  ["s3:dataaccesspointaccount", ["123456789012"], ["*"]],
  ["s3:dataaccesspointarn", ["arn:aws:s3:us-east-1:1:accesspoint/a"], ["*"]],
];

describe("a condition of a statement for everyone", () => {
  for (const [key, limiting, open] of keys) {
    for (const value of limiting) {
      it(`limits the callers by ${key} = ${value}`, () => {
        expect(limits(like(key, value))).to.equal(true);
      });
    }
    for (const value of open) {
      it(`does not limit the callers by ${key} = ${JSON.stringify(value)}`, () => {
        expect(limits(like(key, value))).to.equal(false);
      });
    }
  }

  it("limits them only if every value does", () => {
    expect(limits(like("aws:sourceaccount", "1", "2"))).to.equal(true);
    expect(limits(like("aws:sourceaccount", "1", "*"))).to.equal(false);
    expect(limits(like("aws:sourceaccount"))).to.equal(false);
  });

  it("does not limit them by a key that other accounts can have too", () => {
    for (const key of [
      "aws:securetransport",
      "aws:multifactorauthpresent",
      "aws:principaltag/a",
      "constructor",
    ])
      expect(limits(like(key, "true")), key).to.equal(false);
  });

  for (const operator of [
    ...["stringequals", "stringequalsignorecase", "stringlike", "foranyvalue:stringlike", "arnequals"],
    ...["arnlike", "ipaddress", "bool"],
  ]) {
    it(`limits them by the operator ${operator}`, () => {
      expect(limits({ operator, key: "aws:sourceaccount", values: ["1"] })).to.equal(true);
    });
  }

  for (const operator of [
    ...["stringequalsifexists", "forallvalues:stringequals", "stringnotequals", "null", "xstringlike"],
    ...["ipaddressx", "numericequals"],
  ]) {
    it(`does not limit them by the operator ${operator}`, () => {
      expect(limits({ operator, key: "aws:sourceaccount", values: ["1"] })).to.equal(false);
    });
  }
});

describe("a condition of a Deny", () => {
  for (const operator of [
    ...["stringnotequals", "stringnotequalsignorecase", "stringnotlike", "arnnotequals", "arnnotlike"],
    ...["notipaddress", "stringnotequalsifexists", "forallvalues:stringnotlike"],
  ]) {
    it(`leaves limited callers by the operator ${operator}`, () => {
      expect(excludesOthers({ operator, key: "aws:sourceaccount", values: ["1"] })).to.equal(true);
      expect(excludesOthers({ operator, key: "aws:sourceaccount", values: ["*"] })).to.equal(false);
      expect(excludesOthers({ operator, key: "aws:securetransport", values: ["1"] })).to.equal(false);
    });
  }

  it("leaves callers through mount targets where others are denied", () => {
    const key = "elasticfilesystem:accessedviamounttarget";
    for (const operator of ["bool", "boolifexists"]) {
      expect(excludesOthers({ operator, key, values: ["false"] })).to.equal(true);
      expect(excludesOthers({ operator, key, values: ["False"] })).to.equal(true);
      expect(excludesOthers({ operator, key, values: ["true"] })).to.equal(false);
    }
  });

  for (const operator of ["stringequals", "foranyvalue:stringnotlike", "xstringnotlike", "stringnotlikex"]) {
    it(`leaves everyone by the operator ${operator}`, () => {
      expect(excludesOthers({ operator, key: "aws:sourceaccount", values: ["1"] })).to.equal(false);
    });
  }
});
