import { expect } from "chai";

import { settingOf } from "../../students/roster/cell";
import { readCsvEntries } from "../../students/roster/csv";
import { decodeRoster } from "../../students/roster/decode";
import { InvalidRosterError } from "../../students/roster/entry";
import { readYamlEntries } from "../../students/roster/yaml";

const messageOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidRosterError) return error.message;
    throw error;
  }
  return expect.fail("the roster was accepted");
};

/** "id,name\nkim,김지훈\n", as Korean Excel saves it. */
const cp949 = Buffer.concat([
  Buffer.from("id,name\nkim,"),
  Buffer.from([0xb1, 0xe8, 0xc1, 0xf6, 0xc8, 0xc6]),
  Buffer.from("\n"),
]);
const roster = "id,name\nkim,김지훈\n";

describe("a roster's encoding", () => {
  it("may be UTF-8, with or without a byte order mark", () => {
    expect(decodeRoster("a.csv", Buffer.from(roster))).to.equal(roster);
    expect(decodeRoster("a.csv", Buffer.from(`\uFEFF${roster}`))).to.equal(roster);
  });

  it("may be CP949, as Korean Excel saves CSV, letters beyond EUC-KR included", () => {
    expect(decodeRoster("a.csv", cp949)).to.equal(roster);
    // 똠 is in CP949 only.
    expect(decodeRoster("a.csv", Buffer.from([0x8c, 0x63]))).to.equal("똠");
  });

  it("may be UTF-16 with a byte order mark, as Excel saves Unicode text", () => {
    expect(decodeRoster("a.csv", Buffer.from(`\uFEFF${roster}`, "utf16le"))).to.equal(roster);
    expect(decodeRoster("a.csv", Buffer.from(`\uFEFF${roster}`, "utf16le").swap16())).to.equal(roster);
  });

  it("refuses another encoding by name", () => {
    const latin1 = Buffer.from("id,name\nkim,José\n", "latin1");
    expect(messageOf(() => decodeRoster("a.csv", latin1)))
      .to.include("neither UTF-8 nor CP949")
      .and.include('"CSV UTF-8"');
  });

  it("refuses lost characters, with the line", () => {
    const lost = Buffer.from("id,name\nkim,\uFFFD\uFFFD\n");
    expect(messageOf(() => decodeRoster("a.csv", lost)))
      .to.include("a.csv:2:")
      .and.include("U+FFFD");
  });
});

describe("a roster's header", () => {
  for (const [what, header, message] of [
    ["semicolons", "id;name", "not semicolons"],
    ["tabs", "id\tname\taccount", "not tabs"],
    ["a column twice", "id,name,id", "each column once"],
    ["a setting twice", "id,name,settings.fleet.paused,settings.fleet.paused", "each column once"],
    [
      "a group and one of its settings",
      "id,name,settings.fleet,settings.fleet.paused",
      "either this column or settings.fleet.paused",
    ],
    [
      "all settings and one of them",
      "id,settings,settings.tags.Course",
      "either this column or settings.tags.Course",
    ],
    ["a column without a name", "id,,name", "a name for each column"],
  ] as const) {
    it(`is refused with ${what}`, () => {
      expect(messageOf(() => readCsvEntries("a.csv", `# Week 14\n${header}\nkim,Kim,x\n`)))
        .to.include("a.csv:2:")
        .and.include(message);
    });
  }
});

describe("a cell of a roster", () => {
  const cells = (header: string, row: string) =>
    readCsvEntries("a.csv", `${header}\n${row}\n`).entries[0]?.fields;

  it("is text where the setting is text", () => {
    expect(
      cells(
        "id,settings.database.engineVersion,settings.fleet.siteTitle,settings.tags.Number,settings.fleet.paused,settings.fleet.rootVolumeGiB",
        "kim,11.4,2026,007,true,20",
      ),
    ).to.deep.equal({
      id: "kim",
      settings: {
        database: { engineVersion: "11.4" },
        fleet: { siteTitle: "2026", paused: true, rootVolumeGiB: 20 },
        tags: { Number: "007" },
      },
    });
  });

  it("keeps a # that is not at the start of a line", () => {
    expect(cells("id,name,settings.fleet.siteTitle", "kim,Kim #2,C# & me # 1")).to.deep.equal({
      id: "kim",
      name: "Kim #2",
      settings: { fleet: { siteTitle: "C# & me # 1" } },
    });
  });

  it("is text in YAML, too, where YAML itself reads a number or a boolean", () => {
    const yaml =
      "- id: kim\n  name: 007\n  account: 012345678901\n  settings:\n    database: { engineVersion: 11.4 }\n" +
      "    fleet: { siteTitle: true, paused: true, rootVolumeGiB: 20 }\n    network: { sshFrom: [10.0.0.0/8] }\n";
    expect(readYamlEntries("a.yaml", yaml).entries[0]?.fields).to.deep.equal({
      id: "kim",
      name: "007",
      account: "012345678901",
      settings: {
        database: { engineVersion: "11.4" },
        fleet: { siteTitle: "true", paused: true, rootVolumeGiB: 20 },
        network: { sshFrom: ["10.0.0.0/8"] },
      },
    });
  });

  it("is found through unions, defaults and maps", () => {
    expect(settingOf(["fleet", "image", "source"], "bake")).to.equal("bake");
    expect(settingOf(["fleet", "capacity", "max"], "3")).to.equal(3);
    expect(settingOf(["launcher", "serverTags", "Room"], "101")).to.equal("101");
    expect(settingOf(["nothing", "such"], "3")).to.equal(3);
  });

  it("cannot reach an object's prototype", () => {
    const fields = cells("id,settings.__proto__.polluted,__proto__", "kim,true,x");
    expect(Reflect.get({}, "polluted")).to.equal(undefined);
    expect(Object.keys(fields ?? {})).to.include("settings");
  });
});
