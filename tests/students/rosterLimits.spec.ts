import { expect } from "chai";

import { parseRoster } from "../../students/roster/roster";

const limitsOf = (file: string, text: string) =>
  parseRoster(file, text).students.map(({ id, budgetDollars, settings }) => [
    id,
    budgetDollars,
    settings["lifetime"],
  ]);

const end = "2026-12-20T18:00:00+09:00";

describe("the limits in a roster", () => {
  it("are columns of CSV", () => {
    const text = `id,name,budgetDollars,endsAt\nkim,Kim,12.50,${end}\nlee,Lee,,\n`;
    expect(limitsOf("class.csv", text)).to.deep.equal([
      ["kim", 12.5, { endsAt: end }],
      ["lee", undefined, undefined],
    ]);
  });

  it("are stated once for a class in YAML, and replaced by a student's own", () => {
    const text = `budgetDollars: 50\nendsAt: ${end}\nstudents:\n  - { id: kim, name: Kim }\n  - { id: lee, name: Lee, budgetDollars: 100 }\n`;
    expect(limitsOf("class.yaml", text)).to.deep.equal([
      ["kim", 50, { endsAt: end }],
      ["lee", 100, { endsAt: end }],
    ]);
  });

  it("give way to the setting itself", () => {
    const text = `- id: kim\n  name: Kim\n  endsAt: ${end}\n  settings: { lifetime: { endsAt: "2027-01-01T00:00:00Z" } }\n`;
    expect(limitsOf("class.yaml", text)).to.deep.equal([
      ["kim", undefined, { endsAt: "2027-01-01T00:00:00Z" }],
    ]);
  });

  for (const budget of ["0", "0.00", "-5", "1e3", "ten", "1.234", "1234567"]) {
    it(`refuse a budget of ${budget}`, () => {
      expect(() => parseRoster("class.csv", `id,name,budgetDollars\nkim,Kim,${budget}\n`)).to.throw(
        "US dollars, e.g. 50 or 12.50",
      );
    });
  }

  it("refuse other keys for a whole class, with the line", () => {
    const text = "budgetDollars: 50\nname: All\nstudents:\n  - { id: kim, name: Kim }\n";
    expect(() => parseRoster("class.yaml", text)).to.throw(
      /class\.yaml:2.* name: .*budgetDollars, endsAt, region/,
    );
  });

  it("refuse a class without a list of students", () => {
    expect(() => parseRoster("class.yaml", "budgetDollars: 50\nstudents: kim\n")).to.throw(
      "a list of students",
    );
  });
});
