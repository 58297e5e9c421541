import { expect } from "chai";

import { statementsOf } from "../../../../../policies/support/views/grants/document";

describe("the statements of a policy document", () => {
  const statement = {
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject"],
    Resource: "arn:aws:s3:::mine/*",
    Principal: { AWS: ["1", "2"], Service: "sns.amazonaws.com" },
    Condition: {
      StringLike: { "aws:SourceArn": ["a", true, 1, null, {}] },
      Bool: { "aws:SecureTransport": true },
    },
  };
  const view = {
    at: "Statement[0]",
    allows: true,
    actions: ["s3:GetObject", "s3:PutObject"],
    resources: ["arn:aws:s3:::mine/*"],
    exceptedPrincipals: [],
    principals: [
      { kind: "AWS", id: "1" },
      { kind: "AWS", id: "2" },
      { kind: "Service", id: "sns.amazonaws.com" },
    ],
    conditions: [
      { operator: "stringlike", key: "aws:sourcearn", values: ["a", "true", "1"] },
      { operator: "bool", key: "aws:securetransport", values: ["true"] },
    ],
  };

  it("are read from an object and from JSON, with one statement or a list", () => {
    expect(statementsOf({ Statement: statement })).to.deep.equal([view]);
    expect(statementsOf(JSON.stringify({ Statement: [statement] }))).to.deep.equal([view]);
    const [, second] = statementsOf({ Statement: [{}, statement] });
    expect(second).to.deep.equal({ ...view, at: "Statement[1]" });
  });

  it("have element names in any case", () => {
    const lower = { statement: { effect: "Allow", action: "a", resource: "r", principal: "*" } };
    expect(statementsOf(lower)).to.deep.equal([
      {
        ...{ at: "Statement[0]", allows: true, actions: ["a"], resources: ["r"] },
        ...{ exceptedPrincipals: [], principals: [{ kind: "AWS", id: "*" }], conditions: [] },
      },
    ]);
  });

  it("have no actions, resources or principals that the negated element excludes", () => {
    const negated = { Effect: "Deny", NotAction: "a", NotResource: "r", NotPrincipal: "*", Principal: "*" };
    expect(statementsOf({ Statement: negated })).to.deep.equal([
      {
        ...{ at: "Statement[0]", allows: false, actions: undefined, resources: undefined },
        ...{ exceptedPrincipals: [{ kind: "AWS", id: "*" }], principals: undefined, conditions: [] },
      },
    ]);
  });

  it("are empty lists for elements of another kind", () => {
    for (const odd of [7, [], null, ["a"]]) {
      const [found] = statementsOf({ Statement: { Principal: odd, Condition: odd, Action: {} } });
      expect(found?.principals, JSON.stringify(odd)).to.deep.equal([]);
      expect(found?.conditions, JSON.stringify(odd)).to.deep.equal([]);
      expect(found?.actions, JSON.stringify(odd)).to.deep.equal([]);
    }
  });

  it("are none without a document", () => {
    for (const document of [undefined, null, "", "no JSON", "null", 7, {}, { Statement: null }])
      expect(statementsOf(document), JSON.stringify(document)).to.deep.equal([]);
  });
});
