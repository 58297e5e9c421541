import { expect } from "chai";

import { InvalidRosterError } from "../../students/roster/entry";
import { parseRoster } from "../../students/roster/roster";
import { without } from "../support/without";

function mistakesIn(file: string, content: string): string {
  try {
    parseRoster(file, content);
  } catch (error) {
    if (error instanceof InvalidRosterError) return error.message;
    throw error;
  }
  return expect.fail("expected the roster to be refused");
}

describe("a roster", () => {
  it("is CSV with a header, comments, and names in any script", () => {
    const { students } = parseRoster(
      "class.csv",
      '# Week 14\nid,name,region\nkim-jihun,김지훈,us-west-2\nlee,"Lee, 서연",\n',
    );
    expect(students.map((student) => without(student, "places"))).to.deep.equal([
      {
        id: "kim-jihun",
        name: "김지훈",
        account: undefined,
        credentials: undefined,
        region: "us-west-2",
        settings: {},
        line: 3,
      },
      {
        id: "lee",
        name: "Lee, 서연",
        account: undefined,
        credentials: undefined,
        region: undefined,
        settings: {},
        line: 4,
      },
    ]);
  });

  it("is the same in YAML", () => {
    const csv = parseRoster(
      "class.csv",
      "id,name,account,profile,settings.fleet.paused\nkim,김지훈,123456789012,lab-1,true\n",
    );
    const yaml = parseRoster(
      "class.yaml",
      "- id: kim\n  name: 김지훈\n  account: '123456789012'\n  profile: lab-1\n  settings: { fleet: { paused: true } }\n",
    );
    const withoutLine = ({ students }: typeof csv) =>
      students.map((student) => ({ ...without(student, "places"), line: 0 }));
    expect(withoutLine(csv)).to.deep.equal(withoutLine(yaml));
  });

  it("reads a student's own settings as numbers, texts and lists", () => {
    const { students } = parseRoster(
      "class.csv",
      'id,name,settings.fleet.capacity.max,settings.fleet.instanceType,settings.network.sshFrom\nkim,Kim,3,t3.small,"[""203.0.113.0/24""]"\n',
    );
    expect(students[0]?.settings).to.deep.equal({
      fleet: { capacity: { max: 3 }, instanceType: "t3.small" },
      network: { sshFrom: ["203.0.113.0/24"] },
    });
  });

  it("lists every mistake at once, with its line", () => {
    const message = mistakesIn(
      "class.csv",
      [
        "id,name,account,profile,role,mail",
        "Kim,Kim,12345,,,",
        "lee,,123456789012,,,",
        "park,Park,,lab,arn:aws:iam::123456789012:role/Lab,",
        "park,Park again,,,,park@example.com",
      ].join("\n"),
    );
    expect(message).to.match(/^class\.csv: 6 mistakes; nothing was changed\./);
    expect(message).to.include('class.csv:2:1: id: "Kim" - allowed: 2 to 20 of a-z');
    expect(message).to.include('class.csv:2:9: account: "12345" - allowed: an AWS account\'s 12 digits');
    expect(message).to.include("class.csv:3:5: name: missing - allowed: 1 to 100 characters");
    expect(message).to.include('class.csv:4: credentials: "profile, role" - allowed: one of');
    expect(message).to.include('class.csv:5:1: id: "park" - allowed: an id of its own; line 4 has it');
    expect(message).to.include('class.csv:5:20: mail: "park@example.com" - allowed: one of id, name');
  });

  it("refuses ids that differ only in case", () => {
    expect(mistakesIn("class.csv", "id,name\nkim,Kim\nKIM,Kim\n")).to.include("line 2 has it");
  });

  for (const [what, file, content, mistake] of [
    ["no student", "class.csv", "id,name\n", "at least one student"],
    ["nothing", "class.csv", "", "at least one student"],
    ["a quote that never ends", "class.csv", 'id,name\nkim,"Kim\n', "CSV with a header"],
    ["a line too long", "class.csv", "id,name\nkim,Kim,more\n", "CSV with a header"],
    ["no list", "class.yaml", "id: kim\n", "a list of students"],
    ["a list of words", "class.yaml", "- kim\n- lee\n", "a list of students"],
    ["broken YAML", "class.yaml", "- id: [kim\n", "YAML"],
  ] as const) {
    it(`is refused with ${what} in it`, () => {
      expect(mistakesIn(file, content)).to.include(mistake);
    });
  }
});
