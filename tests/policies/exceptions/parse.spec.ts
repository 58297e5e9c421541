import { expect } from "chai";

import { parseExceptions } from "../../../policies/exceptions/parse";
import { knownRules } from "../../../policies/exceptions/ruleNames";
import { packs } from "../../../policies/packs";

const known = {
  rules: knownRules(packs),
  isComplete: true,
  stacks: ["dev", "lab", "prod"],
  today: "2026-12-01",
};

const parse = (text: string, more: Partial<typeof known> = {}) =>
  parseExceptions(text, { ...known, ...more });

/** `line: text` for each problem. */
const problemsOf = (text: string, more: Partial<typeof known> = {}) =>
  parse(text, more).problems.map(({ line, text: problem }) => `${String(line)}: ${problem}`);

const valid = `
maximumDays: 90
exceptions:
  # A comment does not move the lines.
  - rules: [database-multi-az, production/database-backups]
    resource: wordpress-database
    stack: prod
    at: multi*
    reason: The launch is in February
    owner: web team
    until: 2027-02-28
`;

/** The valid file with a line replaced. */
const changed = (line: string, by: string) => {
  expect(valid).to.contain(line);
  return valid.replace(line, by);
};

describe("a file of exceptions", () => {
  it("has exceptions with their lines", () => {
    expect(parse(valid)).to.deep.equal({
      criticalTopics: [],
      maximumDays: 90,
      problems: [],
      entries: [
        {
          rules: ["production/database-multi-az", "production/database-backups"],
          resource: "wordpress-database",
          stack: "prod",
          at: "multi*",
          reason: "The launch is in February",
          owner: "web team",
          until: "2027-02-28",
          line: 5,
        },
      ],
    });
  });

  it("may be empty", () => {
    for (const text of ["", "# nothing\n", "exceptions: []", "exceptions:", "maximumDays: 30"]) {
      expect(parse(text), text).to.deep.include({ entries: [], problems: [] });
    }
  });

  it("keeps an exception that has ended, whose violation is reported again", () => {
    const { entries, problems } = parse(changed("2027-02-28", "2020-01-01"));
    expect(problems).to.deep.equal([]);
    expect(entries).to.have.length(1);
  });

  for (const name of ["resource", "stack", "reason", "owner", "until"]) {
    it(`is wrong without ${name}`, () => {
      const without = valid.replace(new RegExp(`^    ${name}: .*\n`, "m"), "");
      const [problem, ...more] = problemsOf(without);
      expect(problem).to.match(new RegExp(`^5: ${name}: not set - allowed: `));
      expect(more).to.deep.equal([]);
      expect(parse(without).entries).to.deep.equal([]);
    });
  }

  const wrong: readonly (readonly [what: string, text: string, problem: string])[] = [
    [
      "an unknown rule",
      changed("[database-multi-az, production/database-backups]", "[databse-multi-az]"),
      '5: rule: "databse-multi-az": no pack has this rule; did you mean database-multi-az?',
    ],
    [
      "a rule of another pack",
      changed("[database-multi-az, production/database-backups]", "[guardrails/database-multi-az]"),
      '5: rule: "guardrails/database-multi-az": no pack has this rule; did you mean production/database-multi-az?',
    ],
    [
      "an unknown stack",
      changed("stack: prod", "stack: prd"),
      '7: stack: "prd": the project has no such stack; did you mean prod?',
    ],
    [
      "a pattern of no stack",
      changed("stack: prod", "stack: prod-*"),
      '7: stack: "prod-*": the project has no such stack; did you mean prod?',
    ],
    [
      "an unknown key",
      changed("at: multi*", "property: multi*"),
      "8: property: unknown; an exception's keys: rule, rules, resource, stack, at, reason, owner, until",
    ],
    [
      "an unknown key of the file",
      changed("maximumDays", "maxDays"),
      "2: maxDays: unknown; the file's keys: maximumDays, criticalTopics, exceptions",
    ],
    [
      "a day that does not exist",
      changed("2027-02-28", "2027-02-29"),
      '11: until: "2027-02-29" - allowed: a day as YYYY-MM-DD, at the latest 2027-03-01',
    ],
    [
      "an end that is too far ahead",
      changed("2027-02-28", "2027-03-02"),
      "11: until: 2027-03-02 - allowed: at the latest 2027-03-01, 90 days from today (maximumDays)",
    ],
    [
      "an end without a limit of its own",
      changed("maximumDays: 90", "").replace("2027-02-28", "2027-05-31"),
      "11: until: 2027-05-31 - allowed: at the latest 2027-05-30, 180 days from today (maximumDays)",
    ],
    [
      "an empty reason",
      changed("The launch is in February", "' '"),
      '9: reason: " " - allowed: one line that states why',
    ],
    [
      "both rule and rules",
      changed("    resource:", "    rule: imdsv2\n    resource:"),
      "5: allowed: either rule, with one name, or rules, with a list of names",
    ],
    [
      "no rules",
      changed("[database-multi-az, production/database-backups]", "[]"),
      "5: rules: [] - allowed: at least one name of a rule",
    ],
    [
      "a list",
      "- rule: imdsv2",
      '1: [{"rule":"imdsv2"}] - allowed: a mapping with maximumDays, criticalTopics, exceptions',
    ],
    [
      "a text instead of exceptions",
      "exceptions: none",
      '1: exceptions: "none" - allowed: a list of exceptions',
    ],
    [
      "a wrong limit",
      changed("maximumDays: 90", "maximumDays: 0"),
      "2: maximumDays: 0 - allowed: a whole number of at least 1",
    ],
  ];
  for (const [what, text, problem] of wrong) {
    it(`refuses ${what}`, () => {
      expect(problemsOf(text)).to.deep.equal([problem]);
    });
  }

  it("reports what is not YAML, with the line", () => {
    expect(problemsOf("exceptions:\n  - rule: [imdsv2\n    stack: dev")).to.match(/^\d: not valid YAML: /);
  });

  it("reports all problems of all exceptions at once", () => {
    const broken = "exceptions:\n  - rule: imdsv2\n  - 1\n";
    expect(problemsOf(broken).map((each) => each.split(" ")[1])).to.deep.equal([
      ...["resource:", "stack:", "reason:", "owner:", "until:"],
      "1",
    ]);
  });

  it("accepts every name of a stack where the stacks are not known", () => {
    const text = changed("stack: prod", "stack: staging");
    expect(parseExceptions(text, { ...known, stacks: undefined }).problems).to.deep.equal([]);
  });

  it("refuses an exception for nothing but a rule, and names all keys", () => {
    expect(problemsOf("exceptions: [imdsv2]")).to.deep.equal([
      '1: "imdsv2" - allowed: a mapping with rule, rules, resource, stack, at, reason, owner, until',
    ]);
    expect(problemsOf("exceptions:\n  - {}").slice(0, 1)).to.deep.equal([
      "2: allowed: either rule, with one name, or rules, with a list of names",
    ]);
  });

  it("removes spaces around texts", () => {
    const text = changed("The launch is in February", "'  later '");
    expect(parse(text).entries.map(({ reason }) => reason)).to.deep.equal(["later"]);
  });

  it("refuses a rule that is not a name", () => {
    const text = changed("[database-multi-az, production/database-backups]", "3");
    expect(problemsOf(text)[0]).to.match(/^5: rule: 3: no pack has this rule; /);
    const partial = { rules: knownRules(packs.slice(0, 1)), isComplete: false };
    expect(problemsOf(text, partial)).to.deep.equal([]);
  });

  it("leaves out the rules of packs that are not loaded", () => {
    const { entries, problems } = parse(valid, { rules: knownRules(packs.slice(0, 1)), isComplete: false });
    expect(problems).to.deep.equal([]);
    expect(entries).to.deep.equal([]);
  });

  it("refuses an unknown rule of a pack that is loaded", () => {
    const text = changed("[database-multi-az, production/database-backups]", "guardrails/imdsv3");
    expect(problemsOf(text, { rules: knownRules(packs.slice(0, 1)), isComplete: false })).to.deep.equal([
      '5: rule: "guardrails/imdsv3": no pack has this rule; did you mean guardrails/imdsv2?',
    ]);
  });
});

describe("an exception for a critical rule", () => {
  const critical = changed(
    "[database-multi-az, production/database-backups]",
    "[guardrails/no-ports-open-to-world]",
  );

  it("is wrong where the file does not allow a topic of the rule", () => {
    const expected =
      "5: rule: guardrails/no-ports-open-to-world is critical - allowed: rules that are not critical, or whose topic (network-exposure) is in criticalTopics";
    expect(problemsOf(critical)).to.deep.equal([expected]);
    expect(problemsOf(`criticalTopics: [credentials]${critical}`)).to.deep.equal([expected]);
  });

  it("applies where the file allows it", () => {
    const { entries, problems, criticalTopics } = parse(`criticalTopics: [network-exposure]${critical}`);
    expect(problems).to.deep.equal([]);
    expect(entries).to.have.length(1);
    expect(criticalTopics).to.deep.equal(["network-exposure"]);
  });

  it("needs a topic that a critical rule has", () => {
    expect(problemsOf("criticalTopics: [network-exposur, backup]")).to.have.length(2);
    expect(problemsOf("criticalTopics: [network-exposur]")).to.deep.equal([
      '1: criticalTopics: "network-exposur": no critical rule has this topic; did you mean network-exposure?',
    ]);
    const some = { rules: knownRules(packs.slice(1, 2)), isComplete: false };
    expect(parse("criticalTopics: [network-exposure]", some)).to.deep.include({
      criticalTopics: [],
      problems: [],
    });
    expect(problemsOf("criticalTopics: [1]")[0]).to.match(
      /^1: criticalTopics: 1: no critical rule .*network-exposure/,
    );
    expect(problemsOf("criticalTopics: all")[0]).to.match(/^1: criticalTopics: "all" - allowed: a list of /);
  });
});
