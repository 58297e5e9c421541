import { expect } from "chai";

import { statementsOf } from "../../../../../policies/support/views/grants/document";
import { openFederations } from "../../../../../policies/support/views/grants/federation";

const github = "token.actions.githubusercontent.com";
const arnOf = (provider: string) => `arn:aws:iam::123456789012:oidc-provider/${provider}`;
const trust = (federated: string, condition: object = {}, others: object = {}) =>
  openFederations(
    statementsOf({
      Statement: { Effect: "Allow", Principal: { Federated: federated }, Condition: condition, ...others },
    }),
  );
const equals = (key: string, value: unknown) => ({ StringEquals: { [key]: value } });
const like = (key: string, value: unknown) => ({ StringLike: { [key]: value } });

describe("the trust of an OpenID Connect provider", () => {
  it("is open without a condition, and names the missing keys", () => {
    expect(trust(arnOf(github))).to.deep.equal([
      { at: "Statement[0]", provider: github, key: `${github}:sub` },
    ]);
    const own = "id.example.com/Path";
    expect(trust(arnOf(own))).to.deep.equal([
      {
        at: "Statement[0]",
        provider: "id.example.com/path",
        key: "id.example.com/path:sub or id.example.com/path:aud",
      },
    ]);
    expect(trust("accounts.google.com").map(({ provider }) => provider)).to.deep.equal([
      "accounts.google.com",
    ]);
  });

  for (const issuer of [
    ...[github, "app.terraform.io", "gitlab.com", "agent.buildkite.com", "vstoken.dev.azure.com"],
  ]) {
    it(`of ${issuer} is limited by the subject, not by the audience that all its customers have`, () => {
      expect(trust(arnOf(issuer), equals(`${issuer}:aud`, "sts.amazonaws.com"))).to.have.lengthOf(1);
      expect(trust(arnOf(issuer), equals(`${issuer}:sub`, "a:b"))).to.deep.equal([]);
    });
  }

  it("of another provider is limited by the audience, too", () => {
    for (const key of ["sub", "aud"])
      expect(trust(arnOf("id.example.com"), equals(`id.example.com:${key}`, "a"))).to.deep.equal([]);
    expect(trust(arnOf("id.example.com"), equals("other.example.com:sub", "a"))).to.have.lengthOf(1);
    expect(trust(arnOf("id.example.com"), equals("id.example.com:amr", "a"))).to.have.lengthOf(1);
  });

  for (const value of ["repo:mine/site:*", "repo:mine/*", ["repo:mine/a:*", "repo:mine/b:*"]]) {
    it(`is limited by the subject ${String(value)}`, () => {
      expect(trust(arnOf(github), like(`${github}:sub`, value))).to.deep.equal([]);
    });
  }

  for (const value of [
    "*",
    "repo:*",
    "REPO:?*",
    "r*",
    "repo*",
    "?epo:mine/site:*",
    "",
    [],
    ["repo:mine/*", "*"],
  ]) {
    it(`is not limited by the subject ${JSON.stringify(value)}`, () => {
      expect(trust(arnOf(github), like(`${github}:sub`, value))).to.have.lengthOf(1);
    });
  }

  for (const operator of ["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ForAnyValue:StringLike"]) {
    it(`is limited by ${operator}`, () => {
      expect(trust(arnOf(github), { [operator]: { [`${github}:sub`]: "repo:mine/site" } })).to.deep.equal([]);
    });
  }

  for (const operator of ["StringLikeIfExists", "StringNotLike", "ForAllValues:StringLike", "Null"]) {
    it(`is not limited by ${operator}`, () => {
      expect(trust(arnOf(github), { [operator]: { [`${github}:sub`]: "repo:mine/site" } })).to.have.lengthOf(
        1,
      );
    });
  }

  it("does not concern SAML, other principals, everyone or a Deny", () => {
    expect(trust("arn:aws:iam::123456789012:saml-provider/mine")).to.deep.equal([]);
    expect(trust("mine/path")).to.deep.equal([]);
    expect(trust("*")).to.deep.equal([]);
    expect(trust(github, {}, { Effect: "Deny" })).to.deep.equal([]);
    expect(trust(github, {}, { Principal: { Service: github } })).to.deep.equal([]);
    expect(trust(github, {}, { NotPrincipal: { Federated: github } })).to.deep.equal([]);
    expect(trust(github, {}, { Principal: { federated: github } })).to.have.lengthOf(1);
  });
});
