import { expect } from "chai";

import { stackSettings } from "../../../config";
import { settleInRegion } from "../../../settingsInPlace";
import type { Invocation } from "../../../students/commandLine";
import { costAfter } from "../../../students/commands/engine";
import { studentsCommand } from "../../../students/studentsCommand";
import { costFacts, costLines, type BilledStack, type ClassCost } from "../../../students/ui/costText";
import { resultText, type StudentResult } from "../../../students/ui/resultText";

const settings = settleInRegion(
  stackSettings.parse({
    network: { natGateways: "single" },
    fleet: { targetTracking: { cpuPercent: 80 } },
  }),
  "us-east-1",
);
const student = (id: string, name: string) => ({
  id,
  name,
  account: undefined,
  credentials: undefined,
  region: undefined,
  settings: {},
  line: 2,
});
const invocation: Invocation = {
  command: "down",
  roster: "class.csv",
  only: undefined,
  shard: undefined,
  parallel: undefined,
  local: true,
  port: undefined,
  json: false,
  subject: "preview",
  act: false,
  csv: undefined,
  lang: undefined,
  yes: true,
  folder: undefined,
};
const now = new Date("2026-09-01T09:00:00Z");
const result = (id: string, more: Partial<StudentResult>): StudentResult => ({
  id,
  name: "김지훈",
  region: "us-east-1",
  status: "done",
  cost: costFacts(settings),
  ...more,
});

describe("the end of a class's run", () => {
  it("lists failures with reasons, what remains with its cost, and the command to retry", () => {
    const text = resultText(
      invocation,
      [
        result("an", { left: [{ what: "a NAT gateway", dollarsPerHour: 0.045 }] }),
        result("kim", { status: "failed", reason: "The lab session has ended.", remedy: "Start it." }),
        result("lee", { status: "not started" }),
        result("no", { status: "nothing to do" }),
      ],
      now,
    );
    expect(text.trim().split("\n")).to.deep.equal([
      "down: of 4 students 1 done, 1 failed, 1 not started, 1 not up.",
      "an: left behind: a NAT gateway, $0.0450 an hour",
      "kim (김지훈) failed: The lab session has ended.",
      "  Start it.",
      "To try these again: npm run students -- down class.csv --local --only kim,lee",
    ]);
  });

  it("prints a reason once, with all its students and the first one's log", () => {
    const why = { status: "failed", reason: "Policy refuses the stack.", remedy: "Fix it." } as const;
    const text = resultText(
      invocation,
      [result("an", { ...why, log: "an/up.log" }), result("kim", { ...why, log: "kim/up.log" })],
      now,
    );
    expect(text).to.include(
      "\nan (김지훈), kim (김지훈) failed: Policy refuses the stack.\n  Fix it.\n  Log: an/up.log\n",
    );
  });

  it("prints a note once, with all its students", () => {
    const note = "The database is stopped.";
    const text = resultText(
      invocation,
      [result("an", { notes: [note] }), result("kim", { notes: [note] })],
      now,
    );
    expect(text).to.include("an, kim: The database is stopped.");
  });

  it("names the credentials that expire first, and when", () => {
    const ending = (kim: string) =>
      resultText(
        invocation,
        [
          result("an", { credentialsExpireAt: "2026-09-01T12:00:00.000Z" }),
          result("kim", { credentialsExpireAt: kim }),
        ],
        now,
      );
    expect(ending("2026-09-01T09:52:30.000Z")).to.include(
      "The credentials of kim end first, at 2026-09-01 09:52 UTC, in 52 minutes.",
    );
    expect(ending("2026-09-01T08:59:00.000Z")).to.include(
      "The credentials of kim ended at 2026-09-01 08:59 UTC.",
    );
  });

  it("repeats the options in force in the command to try again, quoted for a shell", () => {
    const options = { local: true, port: 4600, folder: "my folder", parallel: 3, only: ["an", "kim"] };
    expect(studentsCommand({ ...invocation, ...options, roster: "가을 학기's.csv" })).to.equal(
      "npm run students -- down '가을 학기'\\''s.csv' --local --port 4600 --folder 'my folder' --parallel 3 --only an,kim",
    );
    expect(studentsCommand({ ...invocation, local: false }, { only: "an" })).to.equal(
      "npm run students -- down class.csv --only an",
    );
  });
});

describe("the cost of a class", () => {
  const ofClass = (...billed: BilledStack[]): ClassCost => ({ billed, unknown: [], local: false });
  const dear = { ...settings, database: { ...settings.database, instanceClass: "db.t4g.medium" } };

  it("is printed once for equal stacks, by part, with NAT choices and days", () => {
    const text = costLines(
      ofClass({ student: student("an", "An"), settings }, { student: student("kim", "Kim"), settings }),
    ).join("\n");
    expect(text).to.match(/a month for 2 stacks\n {2}each: \$0\.\d{4} an hour/);
    expect(text).to.match(/a \$50 budget lasts \d+ days/);
    expect(text).to.match(/NAT gateway +\$0\.0500 an hour/);
    expect(text).to.match(/with NAT gateways none \$[\d.]+, single \$[\d.]+, perAz \$[\d.]+ a month/);
  });

  it("is printed for each different stack", () => {
    const lines = costLines(
      ofClass({ student: student("an", "An"), settings }, { student: student("kim", "Kim"), settings: dear }),
    );
    expect(lines.filter((line) => /^ {2}(an|kim):/.test(line))).to.have.lengthOf(2);
  });

  it("says how long each student's own budget lasts", () => {
    const rich = { ...student("kim", "Kim"), budgetDollars: 120 };
    const poor = { ...student("lee", "Lee"), budgetDollars: 12.5 };
    const text = costLines(ofClass({ student: rich, settings }, { student: poor, settings })).join("\n");
    expect(text).to.match(/kim: .*; a \$120 budget lasts \d+ days/);
    expect(text).to.match(/lee: .*; a \$12\.50 budget lasts \d+ days/);
  });

  it("reports an unknown price instead of counting it as 0", () => {
    const odd = { ...settings, fleet: { ...settings.fleet, instanceType: "x9.huge" } };
    const text = costLines(ofClass({ student: student("an", "An"), settings: odd })).join("\n");
    expect(text).to.match(/1 x x9\.huge +unknown/);
    expect(text).to.match(/: at least \$[\d.]+ a month for 1 stack\n {2}an: at least \$0/);
    expect(text).to.match(/budget lasts at most \d+ days/);
  });

  it("counts no stack of unknown cost, and names it", () => {
    const lines = costLines({
      ...ofClass({ student: student("an", "An"), settings }),
      unknown: ["kim"],
    });
    expect(lines[0]).to.match(/: at least \$[\d.]+ a month for 1 stack$/);
    expect(lines.at(-1)).to.match(/^Cost unknown, because .*: kim\. /);
    expect(costLines({ billed: [], unknown: [], local: false })).to.deep.equal([]);
  });

  it("is free in the emulator, and shows what AWS would charge", () => {
    const [title] = costLines({ ...ofClass({ student: student("an", "An"), settings }), local: true });
    expect(title).to.match(/^Free here: .* In AWS, while they run, .*: \$[\d.]+ a month for 1 stack$/);
  });

  it("after a run is that of the stacks that are up", () => {
    const stacks = ["an", "kim", "lee", "moon", "oh"].map((id) => ({ student: student(id, id), settings }));
    const { billed, unknown } = costAfter(
      stacks,
      [
        { id: "an", status: "done" },
        { id: "kim", status: "failed", resources: 0 },
        { id: "lee", status: "failed", resources: 12 },
        { id: "moon", status: "failed" },
        { id: "oh", status: "not started" },
      ],
      false,
    );
    expect(billed.map(({ student: { id } }) => id)).to.deep.equal(["an"]);
    expect(unknown).to.deep.equal(["lee", "moon", "oh"]);
  });
});
