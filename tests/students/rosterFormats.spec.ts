import { expect } from "chai";

import { readCsvEntries } from "../../students/roster/csv";
import { InvalidRosterError } from "../../students/roster/entry";
import { parseRoster } from "../../students/roster/roster";
import { readYamlEntries } from "../../students/roster/yaml";

const problemsOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidRosterError) return error.problems;
    throw error;
  }
  throw new Error("the roster was taken");
};

describe("a roster in CSV", () => {
  const settingsIn = (cell: string) =>
    readCsvEntries("a.csv", `id,settings.x\nkim,${cell}\n`)[0]?.fields["settings"];

  it("may begin with a mark of its encoding, and have spaces and empty lines", () => {
    const entries = readCsvEntries("a.csv", "\uFEFFid , name\n\n kim , Kim \n\n");
    expect(entries).to.deep.equal([{ line: 3, fields: { id: "kim", name: "Kim" } }]);
  });

  it("leaves out what is empty", () => {
    const [entry] = readCsvEntries("a.csv", "id,name,settings.fleet.paused\nkim,,\n");
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
    ["v3", "v3"],
    ["1.2.3", "1.2.3"],
    ["untrue", "untrue"],
    ["truely", "truely"],
    ["[1", "[1"],
    ["[oops]", "[oops]"],
    ["0x10", "0x10"],
  ] as const) {
    it(`takes the cell ${cell} for ${JSON.stringify(value)}`, () => {
      expect(settingsIn(cell)).to.deep.equal({ x: value });
    });
  }

  it("gathers what belongs together under dots", () => {
    const text =
      "id,settings.fleet.capacity.min,settings.fleet.capacity.max,settings.fleet.paused,settings.tags\n";
    const [entry] = readCsvEntries("a.csv", `${text}kim,1,2,true,{}\n`);
    expect(entry?.fields).to.deep.equal({
      id: "kim",
      settings: { fleet: { capacity: { min: 1, max: 2 }, paused: true }, tags: {} },
    });
  });

  it("is refused with the line where it is no CSV", () => {
    const [problem] = problemsOf(() => readCsvEntries("a.csv", "id,name\nkim,Kim\nlee,Lee,more\n"));
    expect(problem).to.include({ line: 3, field: "", allowed: "CSV with a header" });
    expect(problem?.value).to.be.a("string").that.contains("Record Length");
  });
});

describe("a roster in YAML", () => {
  it("has students by the lines where they begin", () => {
    const entries = readYamlEntries(
      "a.yaml",
      "# Week 14\n- id: kim\n  name: Kim\n\n- id: lee\n  name: Lee\n",
    );
    expect(entries).to.deep.equal([
      { line: 2, fields: { id: "kim", name: "Kim" } },
      { line: 5, fields: { id: "lee", name: "Lee" } },
    ]);
  });

  it("is refused with the line where it is no YAML, in one line", () => {
    const [problem] = problemsOf(() => readYamlEntries("a.yaml", "- id: kim\n- id: [lee\n"));
    expect(problem).to.include({ field: "", allowed: "YAML" });
    expect(problem?.line).to.be.greaterThan(1);
    expect(problem?.value).to.be.a("string").that.does.not.contain("\n");
  });

  for (const text of ["id: kim\n", "", "- kim\n", "- [kim]\n"]) {
    it(`is refused when it is no list of students: ${JSON.stringify(text)}`, () => {
      expect(problemsOf(() => readYamlEntries("a.yaml", text))).to.deep.equal([
        {
          line: 1,
          field: "",
          value: undefined,
          allowed: "a list of students, each `- id: …` with `name: …`",
        },
      ]);
    });
  }
});

describe("a roster's name", () => {
  const yaml = "- id: kim\n  name: Kim\n";

  it("tells YAML from CSV", () => {
    for (const name of ["a.yaml", "a.yml"]) expect(parseRoster(name, yaml).students).to.have.length(1);
    for (const name of ["a.csv", "a.yaml.csv", "yaml"]) {
      expect(() => parseRoster(name, yaml), name).to.throw(InvalidRosterError);
    }
  });
});

describe("a student's credentials", () => {
  const credentialsWith = (column: string, value: string) =>
    parseRoster("a.csv", `id,name,${column}\nkim,Kim,${value}\n`).students[0]?.credentials;

  it("are where the roster says", () => {
    const roleArn = "arn:aws:iam::123456789012:role/Lab";
    expect(credentialsWith("profile", "lab")).to.deep.equal({ kind: "profile", profile: "lab" });
    expect(credentialsWith("role", roleArn)).to.deep.equal({ kind: "role", roleArn });
    expect(credentialsWith("environmentFile", "kim.env")).to.deep.equal({
      kind: "environmentFile",
      path: "kim.env",
    });
  });
});

describe("a roster's mistakes", () => {
  const mistake = (line: number, field: string, value: unknown) => ({ line, field, value, allowed: "more" });
  const wrong = [mistake(7, "name", ""), mistake(2, "", undefined), mistake(4, "id", "K")];

  it("are told in the order of their lines, each in a line", () => {
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
