import { expect } from "chai";

import { problemsIn } from "../../../components/settings/parse";
import { healthCheckTagsProblem, ownTags, tags } from "../../../components/settings/tags";

const refusals = (given: unknown, kind = ownTags()) =>
  problemsIn(kind, given).map(({ path, value, allowed }) => `${path} ${JSON.stringify(value)}: ${allowed}`);
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${String(index)}`, "x"]));

describe("tags in the settings", () => {
  for (const [what, given] of Object.entries({
    none: {},
    "letters of any language": { Owner: "김철수 me@example.com", "이름 1": "값 2" },
    "all signs": { "a.b:c/d=e+f-g@h_i": "a.b:c/d=e+f-g@h_i" },
    "the longest key and value": { ["k".repeat(128)]: "v".repeat(256) },
    "a key with aws: inside": { "my-aws:x": "y" },
    "as many as AWS allows besides the program's tags": many(43),
  })) {
    it(`accept ${what}`, () => {
      expect(refusals(given)).to.deep.equal([]);
    });
  }

  for (const [what, key] of Object.entries({
    "AWS's prefix": "aws:x",
    "AWS's prefix in other cases": "AwS:x",
    "RDS's prefix": "RDS:x",
    "the launcher's prefix": "Launcher:owner",
    "the golden image's prefix": "golden-image:name",
    "no character": "",
    "129 characters": "k".repeat(129),
    "another sign": "key!",
    "a space before it": " key",
    "a space after it": "key ",
  })) {
    it(`refuse a key with ${what}`, () => {
      const [problem, ...more] = problemsIn(ownTags(), { [key]: "y" });
      expect(more).to.deep.equal([]);
      expect(problem).to.include({ path: key, value: "y" });
      expect(problem?.allowed).to.match(/^a tag key of 1 to 128 letters.*does not start with aws:, rds:/);
    });
  }

  for (const value of ["", "v".repeat(257), "a\u0007", "a?", " v", "v ", 1, null]) {
    it(`refuse the value ${JSON.stringify(value)}`, () => {
      const [problem, ...more] = problemsIn(ownTags(), { Team: value });
      expect(more).to.deep.equal([]);
      expect(problem).to.include({ path: "Team", value });
      expect(problem?.allowed).to.match(/^a tag value of 1 to 256 letters/);
    });
  }

  it("refuse keys that differ only in case, each with the earlier key", () => {
    expect(refusals({ Team: "a", team: "b", TEAM: "c" })).to.deep.equal([
      'team "b": a tag key that differs from Team in more than case, because IAM ignores case; or remove one of them',
      'TEAM "c": a tag key that differs from Team in more than case, because IAM ignores case; or remove one of them',
    ]);
  });

  for (const key of ["Project", "stack", "MANAGEDBY", "name"]) {
    it(`refuse ${key}, which the program sets`, () => {
      expect(refusals({ [key]: "x" }).join()).to.match(/another tag key, because the program sets/);
    });
  }

  it("refuse more tags than AWS allows besides the program's tags", () => {
    expect(refusals(many(44))).to.have.length(1);
    expect(refusals(many(44))[0]).to.include("at most 43 tags (there are 44), because AWS allows 50");
  });

  it("have a lower limit with a health check of Route 53", () => {
    expect(healthCheckTagsProblem(many(6))).to.equal(undefined);
    expect(healthCheckTagsProblem(many(7))).to.match(
      /^at most 6 tags with fleet\.siteHealthCheck \(there are 7\)/,
    );
  });
});

describe("the tags of a component's arguments", () => {
  it("accept the tags that the program adds", () => {
    expect(refusals({ Project: "p", Stack: "s", ManagedBy: "pulumi" }, tags())).to.deep.equal([]);
    expect(refusals({ Project: "p", project: "q" }, tags())).to.have.length(1);
  });
});
