import { expect } from "chai";

import { configOf } from "../../../policies/configuration/packConfig";
import { guardrails } from "../../../policies/guardrails/pack";
import { levelOf, levelText, type Level } from "../../../policies/levels/level";
import { parseLevels } from "../../../policies/levels/parse";
import { packs } from "../../../policies/packs";

const today = "2026-12-01";
const names = { packs, areAllPacks: true };

const parse = (...lines: readonly string[]) => parseLevels(["levels:", ...lines].join("\n"), names);
const problemsOf = (...lines: readonly string[]) =>
  parse(...lines).problems.map(({ line, text }) => `${String(line)}: ${text}`);

/** A level; `undefined` leaves a key out. */
const entry = (changes: Readonly<Record<string, string | undefined>> = {}) => {
  const values: Readonly<Record<string, string | undefined>> = {
    ...{ rule: "imdsv2", level: "advisory", until: "2027-01-31", reason: "New" },
    ...changes,
  };
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return given.map((text, index) => `  ${index === 0 ? "-" : " "} ${text}`);
};

describe("a file of levels", () => {
  it("has levels for rules, tags, frameworks and severities", () => {
    const { levels, problems } = parse(
      ...entry({ rule: "[imdsv2, production/tls-policy]" }),
      ...entry({ rule: undefined, tag: "backup", level: "disabled" }),
      ...entry({ rule: undefined, framework: "cis", until: undefined, level: "mandatory" }),
      ...entry({ rule: undefined, severity: "low", until: undefined, level: "remediate" }),
    );
    expect(problems).to.deep.equal([]);
    expect(levels).to.deep.equal([
      {
        selector: "rule",
        values: ["guardrails/imdsv2", "production/tls-policy"],
        level: "advisory",
        until: "2027-01-31",
        reason: "New",
      },
      { selector: "tag", values: ["backup"], level: "disabled", until: "2027-01-31", reason: "New" },
      { selector: "framework", values: ["cis"], level: "mandatory", until: undefined, reason: "New" },
      { selector: "severity", values: ["low"], level: "remediate", until: undefined, reason: "New" },
    ]);
  });

  it("accepts a control of a framework, and a weak level only with an end", () => {
    const control = entry({ rule: undefined, framework: "'cis:5.7'" });
    expect(parse(...control).levels.map(({ values }) => values)).to.deep.equal([["cis:5.7"]]);
    const disabled = entry({ level: "disabled", until: undefined });
    expect(problemsOf(...disabled)).to.deep.equal([
      "2: until: not set - allowed: a day as YYYY-MM-DD, the last day of disabled",
    ]);
    const mandatory = entry({ level: "mandatory" });
    expect(parse(...mandatory).levels.map(({ until }) => until)).to.deep.equal(["2027-01-31"]);
    expect(problemsOf(...entry({ level: "mandatory", until: "soon" }))).to.have.length(1);
    expect(problemsOf(...entry({ level: undefined }))).to.have.length(1);
    expect(parse(...entry({ reason: "' padded '" })).levels[0]?.reason).to.equal("padded");
  });

  it("names what is allowed", () => {
    const problem = (changes: Readonly<Record<string, string | undefined>>) =>
      problemsOf(...entry({ rule: undefined, ...changes }))[0] ?? "";
    expect(problem({ tag: "zzzzzzzzzzzz" })).to.match(/: unknown; tags: .*backup/);
    expect(problem({ framework: "zzzzzzzzz" })).to.match(/: unknown; the frameworks: fsbp, cis, /);
    expect(problem({ framework: "'zzz:5.7'" })).to.match(/: unknown; the frameworks: fsbp, cis, /);
    expect(problem({ framework: "'cis:zzzzzzzz'" })).to.match(/: unknown; controls: (cis:[\d.]+(, )?)+$/);
    expect(problem({ severity: "zzzzzz" })).to.equal(
      '5: severity: "zzzzzz": unknown; the severities: low, medium, high, critical',
    );
    expect(problem({ severity: "3" })).to.match(/^5: severity: 3: unknown; /);
    const partial = ["levels:", ...entry({ rule: undefined, severity: "hi" })].join("\n");
    const { problems } = parseLevels(partial, { packs: [guardrails], areAllPacks: false });
    expect(problems).to.have.length(1);
  });

  it("may be empty", () => {
    for (const text of ["", "levels:", "levels: []"]) {
      expect(parseLevels(text, names), text).to.deep.equal({ levels: [], problems: [] });
    }
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      "an unknown rule",
      entry({ rule: "imdsv3" }),
      /^2: rule: "imdsv3": no pack has this rule; did you mean imdsv2\?$/,
    ],
    [
      "an unknown tag",
      entry({ rule: undefined, tag: "backups" }),
      /^5: tag: "backups": unknown; did you mean backup\?$/,
    ],
    [
      "an unknown framework",
      entry({ rule: undefined, framework: "ciss" }),
      /^5: framework: "ciss": unknown; did you mean cis\?$/,
    ],
    [
      "an unknown control",
      entry({ rule: undefined, framework: "'cis:99'" }),
      /^5: framework: "cis:99": unknown; /,
    ],
    [
      "an unknown severity",
      entry({ rule: undefined, severity: "hi" }),
      /^5: severity: "hi": unknown; .*high/,
    ],
    ["no selector", entry({ rule: undefined }), /^2: allowed: one of rule, rules, tag, framework, severity$/],
    ["two selectors", entry({ tag: "backup" }), /^2: allowed: one of rule, rules, tag, framework, severity$/],
    [
      "an unknown level",
      entry({ level: "warning" }),
      /^3: level: "warning" - allowed: one of advisory, mandatory, remediate, disabled$/,
    ],
    [
      "a weak level without an end",
      entry({ until: undefined }),
      /^2: until: not set - allowed: a day as YYYY-MM-DD, the last day of advisory$/,
    ],
    ["a wrong day", entry({ until: "2027-02-30" }), /^4: until: "2027-02-30" - allowed: a day/],
    ["no reason", entry({ reason: undefined }), /^2: reason: not set - allowed: one line that states why$/],
    ["an unknown key", [...entry(), "    owner: me"], /^6: owner: unknown; a level's keys: rule, /],
    ["a text", ["  - imdsv2"], /^2: "imdsv2" - allowed: a mapping with rule, /],
  ];
  for (const [what, lines, problem] of wrong) {
    it(`refuses ${what}`, () => {
      const problems = problemsOf(...lines);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(problem);
      expect(parse(...lines).levels).to.deep.equal([]);
    });
  }

  it("refuses another file", () => {
    const textsOf = (text: string) => parseLevels(text, names).problems.map((problem) => problem.text);
    expect(textsOf("level: []")).to.deep.equal(["level: unknown; did you mean levels?"]);
    expect(textsOf("levels: all")).to.deep.equal(['levels: "all" - allowed: a list of levels']);
    expect(textsOf("- 1")).to.deep.equal(["[1] - allowed: a mapping with levels"]);
    expect(textsOf("levels: [")[0]).to.match(/^not valid YAML: /);
  });

  it("leaves out the rules of packs that are not loaded", () => {
    const text = ["levels:", ...entry({ rule: "tls-policy" })].join("\n");
    expect(parseLevels(text, { packs: [guardrails], areAllPacks: false })).to.deep.equal({
      levels: [],
      problems: [],
    });
  });
});

describe("the level of a rule", () => {
  const rule = guardrails.rules.find(({ name }) => name === "imdsv2");
  if (rule === undefined) throw new Error("no rule imdsv2");
  const level = (selector: Level["selector"], value: string, more: Partial<Level> = {}): Level => ({
    ...{ selector, values: [value], level: "advisory", until: "2027-01-31", reason: "New" },
    ...more,
  });
  const severity = level("severity", rule.severity, { reason: "severity" });
  const framework = level("framework", "fsbp", { reason: "framework" });
  const tag = level("tag", rule.topics[0] ?? "", { reason: "tag" });
  const own = level("rule", "guardrails/imdsv2", { reason: "rule" });
  const reasonFor = (levels: readonly Level[], day = today) =>
    levelOf("guardrails/imdsv2", rule, levels, day)?.reason;

  it("is that of the most exact selector", () => {
    expect(reasonFor([severity])).to.equal("severity");
    expect(reasonFor([framework, severity])).to.equal("framework");
    expect(reasonFor([tag, framework, severity])).to.equal("tag");
    expect(reasonFor([severity, own, tag, framework])).to.equal("rule");
    expect(reasonFor([level("severity", "low"), level("rule", "guardrails/required-tags")])).to.equal(
      undefined,
    );
  });

  it("is that of the last one of several", () => {
    expect(reasonFor([own, { ...own, reason: "last" }])).to.equal("last");
  });

  it("ends after its last day", () => {
    expect(reasonFor([own], "2027-01-31")).to.equal("rule");
    expect(reasonFor([own], "2027-02-01")).to.equal(undefined);
    expect(reasonFor([own, severity, { ...framework, until: undefined }], "2027-02-01")).to.equal(
      "framework",
    );
  });

  it("is in the pack's configuration, unless the stack's thresholds have one", () => {
    const levelIn = (configuration: Readonly<Record<string, unknown>>, day = today) =>
      configOf(guardrails, { configuration, levels: [own] }, day)["imdsv2"];
    expect(levelIn({})).to.deep.equal({ enforcementLevel: "advisory" });
    expect(levelIn({}, "2027-02-01")).to.equal(undefined);
    expect(levelIn({ imdsv2: "mandatory" })).to.deep.equal({ enforcementLevel: "mandatory" });
    expect(levelIn({ all: "disabled" })).to.deep.equal({ enforcementLevel: "disabled" });
  });

  it("is shown with its end and its reason", () => {
    expect(levelText(own)).to.equal("advisory until 2027-01-31, then mandatory: rule");
    expect(levelText({ ...own, until: undefined, level: "remediate" })).to.equal("remediate: rule");
  });
});
