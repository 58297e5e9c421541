import { expect } from "chai";

import { stackSettings } from "../../config";
import { readRoster } from "../../students/roster/roster";
import { readStacks } from "../../students/settings/studentSettings";

const placesIn = (file: string, text: string) =>
  readRoster(file, text).problems.map(({ line, column, field }) => `${line}:${column ?? "-"} ${field}`);

describe("the place of a roster's mistake", () => {
  it("is the cell in CSV, after comments, spaces, empty cells and lines within quotes", () => {
    const csv = [
      "\uFEFF# Week 14",
      "id,name,account,region",
      "",
      "# the first group",
      '  KIM ,"Kim, ""J""",, nowhere',
      'lee,"Lee',
      'Seoyeon", 12 ,',
      "park,Park,1,",
    ].join("\n");
    expect(placesIn("a.csv", csv)).to.deep.equal([
      "5:3 id",
      "5:23 region",
      "6:5 name",
      "7:11 account",
      "8:11 account",
    ]);
    expect(placesIn("a.csv", csv.replaceAll("\n", "\r\n"))).to.deep.equal(placesIn("a.csv", csv));
  });

  it("is the value in YAML, at any depth", () => {
    const yaml = "- id: KIM\n  name: Kim\n- { id: lee, name: Lee, account: 12 }\n- name: Park\n";
    expect(placesIn("a.yaml", yaml)).to.deep.equal(["1:7 id", "3:34 account", "4:- id"]);
  });

  it("is that of the setting, in a cell of its own or of its group", () => {
    const { roster } = readRoster(
      "a.csv",
      'id,name,settings.fleet.paused,settings.network\nkim,Kim,maybe,"{""natGateways"":""many""}"\n',
    );
    const place = { className: "a", accountOf: () => undefined, takenBlocks: new Map() };
    const right = { file: "Pulumi.lab.yaml", region: "us-east-1", groups: stackSettings.parse({}) };
    for (const classSettings of [right, undefined]) {
      const { stacks, problems } = readStacks(roster, classSettings, place);
      expect(stacks).to.deep.equal([]);
      expect(problems.map(({ line, column, field }) => `${line}:${column ?? "-"} ${field}`)).to.have.members([
        "2:9 settings.fleet.paused",
        "2:15 settings.network.natGateways",
      ]);
    }
  });
});

describe("a roster with mistakes", () => {
  it("keeps the students without any, so that one pass finds all kinds", () => {
    const { roster, problems } = readRoster(
      "a.csv",
      "id,name\nkim,Kim\nLEE,Lee\nkim,Kim again\n20231234,Ko\n",
    );
    expect(roster.students.map(({ id }) => id)).to.deep.equal(["kim", "20231234"]);
    expect(problems).to.have.length(2);
  });
});
