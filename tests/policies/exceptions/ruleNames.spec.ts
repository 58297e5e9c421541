import { expect } from "chai";

import { knownRules, resolveRule } from "../../../policies/exceptions/ruleNames";
import { packs } from "../../../policies/packs";

const rule = (pack: string, name: string) => ({
  id: `${pack}/${name}`,
  name,
  severity: "high" as const,
  topics: ["backup"],
});
const rules = [rule("one", "backups"), rule("two", "backups"), rule("two", "tags")];

describe("the name of a rule in a file", () => {
  it("has its pack, or is unique", () => {
    expect(resolveRule("two/backups", rules)).to.deep.equal({ rule: rules[1] });
    expect(resolveRule("tags", rules)).to.deep.equal({ rule: rules[2] });
  });

  it("needs its pack where two packs have the rule", () => {
    expect(resolveRule("backups", rules)).to.deep.equal({
      problem: '"backups" - allowed: one of one/backups, two/backups',
    });
  });

  it("is unknown otherwise", () => {
    expect(resolveRule("one/tags", rules)).to.deep.equal({
      problem: '"one/tags": no pack has this rule; did you mean two/tags?',
    });
    expect(resolveRule(undefined, rules)).to.deep.equal({
      problem: "null: no pack has this rule; the rules: backups, backups, tags",
    });
  });

  it("is unique now, for every rule", () => {
    const known = knownRules(packs);
    for (const each of known) expect(resolveRule(each.name, known), each.id).to.deep.equal({ rule: each });
  });
});
