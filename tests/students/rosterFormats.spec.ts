import { expect } from "chai";

import { readCsvEntries } from "../../students/roster/csv";
import { InvalidRosterError } from "../../students/roster/entry";
import { parseRoster, readRoster } from "../../students/roster/roster";
import { readYamlEntries } from "../../students/roster/yaml";
import { without } from "../support/without";

const problemsOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    // Their columns are tested in rosterPlaces.spec.ts.
    if (error instanceof InvalidRosterError)
      return error.problems.map((problem) => without(problem, "column"));
    throw error;
  }
  throw new Error("the roster was accepted");
};

const entriesOf = (...read: Parameters<typeof readCsvEntries>) => readCsvEntries(...read).entries;

describe("a roster in CSV", () => {
  const settingsIn = (cell: string) =>
    readCsvEntries("a.csv", `id,settings.x\nkim,${cell}\n`).entries[0]?.fields["settings"];

  it("may have a byte order mark, spaces and empty lines", () => {
    const { entries } = readCsvEntries("a.csv", "\uFEFFid , name\n\n kim , Kim \n\n");
    expect(entries.map(({ line, fields }) => ({ line, fields }))).to.deep.equal([
      { line: 3, fields: { id: "kim", name: "Kim" } },
    ]);
  });

  it("omits empty cells", () => {
    const [entry] = entriesOf("a.csv", "id,name,settings.fleet.paused\nkim,,\n");
    expect(entry?.fields).to.deep.equal({ id: "kim" });
  });

  for (const [cell, value] of [
    ["3", 3],
    ["-12", -12],
    ["0.25", 0.25],
    ["true", true],
    ["false", false],
    ['"[1,2]"', [1, 2]],
    ['"{""a"":1}"', { a: 1 }],
    ['"[\n1]"', [1]],
    ["t3.micro", "t3.micro"],
    ["3 servers", "3 servers"],
    ["x 3", "x 3"],
    ["[1] or so", "[1] or so"],
    ['"{""a"":1} x"', '{"a":1} x'],
    ["v3", "v3"],
    ["1.2.3", "1.2.3"],
    ["untrue", "untrue"],
    ["truely", "truely"],
    ["[1", "[1"],
    ["[oops]", "[oops]"],
    ["0x10", "0x10"],
  ] as const) {
    it(`reads the cell ${cell} as ${JSON.stringify(value)}`, () => {
      expect(settingsIn(cell)).to.deep.equal({ x: value });
    });
  }

  it("groups columns by the dots in their names", () => {
    const text =
      "id,settings.fleet.capacity.min,settings.fleet.capacity.max,settings.fleet.paused,settings.tags\n";
    const [entry] = entriesOf("a.csv", `${text}kim,1,2,true,{}\n`);
    expect(entry?.fields).to.deep.equal({
      id: "kim",
      settings: { fleet: { capacity: { min: 1, max: 2 }, paused: true }, tags: {} },
    });
  });

  it("refuses a text that is not CSV, with the line", () => {
    const { problems, entries } = readCsvEntries("a.csv", "id,name\nkim,Kim\nlee,Lee,more\npark\nko,Ko\n");
    expect(entries.map(({ fields }) => fields["id"])).to.deep.equal(["kim", "ko"]);
    expect(problems.map(({ line }) => line)).to.deep.equal([3, 4]);
    expect(problems[0]).to.include({ field: "", allowed: "CSV with a header" });
    expect(problems[0]?.value).to.be.a("string").that.contains("Record Length");
  });

  it("lists nothing after a quote that never ends, because the rest is inside of it", () => {
    const { problems } = readCsvEntries("a.csv", 'id,name\nkim,"K"im\nlee,Lee,x\n');
    expect(problems.map(({ line }) => line)).to.deep.equal([2]);
  });
});

describe("a roster in YAML", () => {
  it("gives each student the line of its start", () => {
    const { entries } = readYamlEntries(
      "a.yaml",
      "# Week 14\n- id: kim\n  name: Kim\n\n- id: lee\n  name: Lee\n",
    );
    expect(entries.map(({ line, fields }) => ({ line, fields }))).to.deep.equal([
      { line: 2, fields: { id: "kim", name: "Kim" } },
      { line: 5, fields: { id: "lee", name: "Lee" } },
    ]);
  });

  it("refuses a text that is not YAML, with the line", () => {
    const [problem] = problemsOf(() => readYamlEntries("a.yaml", "- id: kim\n- id: [lee\n"));
    expect(problem).to.include({ field: "", allowed: "YAML" });
    expect(problem?.["line"]).to.be.greaterThan(1);
    expect(problem?.["value"]).to.be.a("string").that.does.not.contain("\n");
  });

  for (const [text, value] of [
    ["id: kim\n", undefined],
    ["", undefined],
    ["- kim\n", "kim"],
    ["- [kim]\n", ["kim"]],
  ] as const) {
    it(`refuses a value that is not a list of students: ${JSON.stringify(text)}`, () => {
      expect(readRoster("a.yaml", text).problems).to.deep.equal([
        {
          line: 1,
          field: "",
          value,
          allowed: "a list of students, each `- id: …` with `name: …`",
        },
      ]);
    });
  }
});

describe("a roster's name", () => {
  const yaml = "- id: kim\n  name: Kim\n";

  it("decides between YAML and CSV", () => {
    for (const name of ["a.yaml", "a.yml"]) expect(parseRoster(name, yaml).students).to.have.length(1);
    for (const name of ["a.csv", "a.yaml.csv", "yaml"]) {
      expect(() => parseRoster(name, yaml), name).to.throw(InvalidRosterError);
    }
  });
});

describe("a student's credentials", () => {
  const credentialsWith = (column: string, value: string) =>
    parseRoster("a.csv", `id,name,${column}\nkim,Kim,${value}\n`).students[0]?.credentials;

  it("have the source that the roster names", () => {
    const roleArn = "arn:aws:iam::123456789012:role/Lab";
    expect(credentialsWith("profile", "lab")).to.deep.equal({ kind: "profile", profile: "lab" });
    expect(credentialsWith("role", roleArn)).to.deep.equal({ kind: "role", roleArn });
    expect(credentialsWith("environmentFile", "kim.env")).to.deep.equal({
      kind: "environmentFile",
      path: "kim.env",
    });
  });
});

describe("the allowed values of a roster's fields", () => {
  const allowed = {
    id: "2 to 20 of a-z, 0-9 and -, no - at the start or end",
    name: "1 to 100 characters",
    account: "an AWS account's 12 digits",
    profile: "a profile of the AWS CLI's",
    role: "the ARN of a role to assume",
    environmentFile: "a file with AWS_ACCESS_KEY_ID and so on",
    region: "an AWS region, e.g. us-east-1",
    budgetDollars: "US dollars, e.g. 50 or 12.50",
    endsAt:
      'a time with its offset from UTC, e.g. "2026-12-20T18:00:00+09:00" or "2026-12-20T09:00:00Z", in quotes in a file of YAML',
    settings: "settings by group, as in a stack's file",
  };
  const fieldsWith = (field: string, value: unknown) => ({ id: "kim", name: "Kim", [field]: value });
  const rosterWith = (field: string, value: unknown) => JSON.stringify([fieldsWith(field, value)]);

  for (const [field, ...values] of [
    ["id", "k", "kim_1", "2.02E+07", "kim-", "-kim", "kim1!", "k".repeat(21)],
    ["name", " ", "", "Kim\n", "\u0007Kim", "Kim\u0000", "k".repeat(101)],
    ["account", "12345678901", "1234567890123", "a123456789012", "123456789012a"],
    ["profile", "", "my lab", " lab", "lab ", "p".repeat(101)],
    [
      "role",
      "Lab",
      "arn:aws:iam::12345:role/Lab",
      "arn:aws:iam::123456789012:role/",
      "arn:awsX:iam::123456789012:role/Lab",
      " arn:aws:iam::123456789012:role/Lab",
      "arn:aws:iam::123456789012:role/Lab\n",
    ],
    ["environmentFile", "", "kim\0.env", "\0", "kim.env\0", "\0kim.env"],
    ["region", "us-east", "useast-1", "us-east-12", "xus-east-1", "us-east-1a", "us--1"],
    ["settings", "fleet", 3, []],
  ] as const) {
    for (const value of values) {
      it(`do not include ${JSON.stringify(value)} as ${field}`, () => {
        expect(problemsOf(() => parseRoster("a.yaml", rosterWith(field, value)))).to.deep.equal([
          { line: 1, field, value, allowed: allowed[field] },
        ]);
      });
    }
  }

  for (const [field, ...values] of [
    ["id", "ab", "kim-2", "k".repeat(20), "20231234", "1kim", "2023-1234"],
    ["name", "K", "김지훈", " Kim", "k".repeat(100)],
    ["profile", "p".repeat(100)],
    ["role", "arn:aws-us-gov:iam::123456789012:role/a/b", "arn:aws-cn:iam::123456789012:role/Lab"],
    ["environmentFile", "../my labs/kim.env"],
    ["region", "us-east-1", "us-gov-west-1", "ap-northeast-2"],
  ] as const) {
    for (const value of values) {
      it(`include ${JSON.stringify(value)} as ${field}`, () => {
        expect(parseRoster("a.yaml", rosterWith(field, value)).students).to.have.length(1);
      });
    }
  }

  it("name a setting inside by its path", () => {
    const [problem] = problemsOf(() => parseRoster("a.yaml", rosterWith("credentials", "x")));
    expect(problem).to.deep.equal({
      line: 1,
      field: "credentials",
      value: "x",
      allowed: `one of ${Object.keys(allowed).join(", ")}`,
    });
  });

  it("reports an empty roster with its first line", () => {
    expect(problemsOf(() => parseRoster("a.csv", ""))).to.deep.equal([
      {
        line: 1,
        field: "",
        value: undefined,
        allowed: "a header with id and name, and at least one student",
      },
    ]);
  });

  it("are checked for a student with two sources of credentials too", () => {
    const text = JSON.stringify([{ id: "kim", name: "Kim", profile: "lab", environmentFile: "kim.env" }]);
    expect(problemsOf(() => parseRoster("a.yaml", text))).to.deep.equal([
      {
        line: 1,
        field: "credentials",
        value: "profile, environmentFile",
        allowed: "one of profile, role and environmentFile",
      },
    ]);
  });
});

describe("a roster's mistakes", () => {
  const mistake = (line: number, field: string, value: unknown) => ({ line, field, value, allowed: "more" });
  const wrong = [mistake(7, "name", ""), mistake(2, "", undefined), mistake(4, "id", "K")];

  it("are listed in the order of their lines", () => {
    expect(new InvalidRosterError("a.csv", wrong).message).to.equal(
      [
        "a.csv: 3 mistakes; nothing was changed.",
        "  a.csv:2: missing - allowed: more",
        '  a.csv:4: id: "K" - allowed: more',
        '  a.csv:7: name: "" - allowed: more',
      ].join("\n"),
    );
  });

  it("may be one", () => {
    const error = new InvalidRosterError("a.csv", wrong.slice(0, 1));
    expect(error.message).to.match(/^a\.csv: 1 mistake; /);
    expect(error.name).to.equal("InvalidRosterError");
  });

  it("name nested fields by their path", () => {
    const [problem] = problemsOf(() => parseRoster("a.yaml", "- id: kim\n  name: Kim\n  settings: 3\n"));
    expect(problem).to.include({ field: "settings", value: 3 });
  });
});
