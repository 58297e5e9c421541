import { expect } from "chai";

import {
  readSettings,
  settingProblems,
  strings,
  wholeNumber,
  wholeNumbers,
} from "../../../policies/support/settings";

const settings = {
  count: wholeNumber({ default: 2, minimum: 1, description: "The fewest" }),
  ports: wholeNumbers({ default: [22], minimum: 0, maximum: 9_000, description: "The ports" }),
  names: strings({ default: ["a"], description: "The owners" }),
};

describe("a rule's settings", () => {
  it("have their defaults where the configuration has none", () => {
    expect(readSettings("rule", settings, {})).to.deep.equal({
      values: { count: 2, ports: [22], names: ["a"] },
    });
  });

  it("have the configured values", () => {
    const configured = { count: 3, ports: [1, 2], names: [] };
    expect(readSettings("rule", settings, configured)).to.deep.equal({ values: configured });
  });

  it("state their meaning, what is allowed and their default to the engine, which checks nothing itself", () => {
    expect(settings.count.schema).to.deep.equal({
      description: "The fewest: a whole number of at least 1.",
      default: 2,
    });
    expect(settings.ports.schema).to.deep.equal({
      description: "The ports: a list of whole numbers from 0 to 9,000.",
      default: [22],
    });
    expect(settings.names.schema).to.deep.equal({
      description: "The owners: a list of strings: names.",
      default: ["a"],
    });
  });

  it("refuse an unknown name", () => {
    expect(readSettings("rule", settings, { cout: 3 })).to.deep.equal({
      problems: ["rule.cout: the rule has no such setting; did you mean count?"],
    });
  });

  for (const [name, value, allowed] of [
    ["count", 0, "a whole number of at least 1"],
    ["count", 1.5, "a whole number of at least 1"],
    ["count", "3", "a whole number of at least 1"],
    ["ports", 22, "a list of whole numbers from 0 to 9,000"],
    ["ports", ["22"], "a list of whole numbers from 0 to 9,000"],
    ["ports", [9_001], "a list of whole numbers from 0 to 9,000"],
    ["names", "a", "a list of strings: names"],
    ["names", [1], "a list of strings: names"],
  ] as const) {
    it(`refuse ${name} ${JSON.stringify(value)}`, () => {
      const problem = `rule.${name}: ${JSON.stringify(value)} - allowed: ${allowed}`;
      expect(settingProblems("rule", settings, { [name]: value })).to.deep.equal([problem]);
      expect(readSettings("rule", settings, { [name]: value })).to.deep.equal({ problems: [problem] });
    });
  }
});
