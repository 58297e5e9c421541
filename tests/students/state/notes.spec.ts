import { expect } from "chai";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { classFolder } from "../../../students/classFolder";
import type { StudentGrade } from "../../../students/grade/gradeStudent";
import { factsOfKept, keepGrades, pointsOfKept, readGrades } from "../../../students/grade/keptGrades";
import type { Level } from "../../../students/guard/budget";
import { keepLedgers, readLedgers } from "../../../students/guard/ledgers";
import { observe } from "../../../students/inventory/spending";
import { failed, passed } from "../../../students/rubric/exercise";
import { rubric } from "../../../students/rubric/rubric";
import { folderState } from "../../../students/state/folderState";

describe("what a class keeps for all of its students", () => {
  let home: string;
  let state: ReturnType<typeof folderState>;
  let folder: string;

  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "notes-"));
    const place = classFolder(home, "class.csv", "aws");
    folder = place.folder;
    state = folderState(place);
  });
  afterEach(() => rm(home, { recursive: true }));

  const at = (hour: number) => new Date(Date.UTC(2026, 10, 30, hour));
  const server = {
    kind: "server",
    id: "i-1",
    detail: "t3.micro",
    createdAt: at(0),
    dollarsPerHour: 1,
    running: true,
    tags: {},
    uses: [],
  } as const;
  const see = (hour: number, level: Level, id = "kim") => ({
    id,
    ledger: observe(undefined, [server], at(hour)),
    own: [server],
    level,
  });
  const grade = (id: string, more: Partial<StudentGrade> = {}): StudentGrade => ({
    id,
    name: "Kim",
    accountId: "111111111111",
    credentialsExpireAt: undefined,
    problem: undefined,
    graded: rubric.map((exercise, index) => ({
      exercise,
      result: index === 0 ? failed({ en: "Fix it.", ko: "수정합니다." }) : passed(),
    })),
    ...more,
  });

  it("has the sums of every guard, and its file only for the user", async () => {
    await keepLedgers(state, [see(1, "ok")]);
    await keepLedgers(state, [see(2, "ok", "lee")]);
    const kept = await readLedgers(state);
    expect([...kept.keys()].toSorted()).to.deep.equal(["kim", "lee"]);
    expect((await stat(path.join(folder, "ledgers.json"))).mode & 0o777).to.equal(0o600);
  });

  it("reports a level once, whichever guard saw it, and again when it changes", async () => {
    const first = await keepLedgers(state, [see(1, "half")]);
    expect(first.get("kim")).to.equal(undefined);
    const second = await keepLedgers(state, [see(2, "half")]);
    expect(second.get("kim")).to.equal(at(1).toISOString());
    expect((await keepLedgers(state, [see(3, "near")])).get("kim")).to.equal(undefined);
    expect((await keepLedgers(state, [see(4, "half")])).get("kim")).to.equal(undefined);
  });

  it("loses no cost when two guards read the same ledger: the later one adds to the other's", async () => {
    const gone = { ...server, id: "i-gone" };
    const early = { ...see(1, "ok"), own: [server, gone], ledger: observe(undefined, [server, gone], at(1)) };
    await keepLedgers(state, [early]);
    // This one has not seen the server that is gone, nor the ledger of the guard before it.
    await keepLedgers(state, [see(2, "ok")]);
    const kept = (await readLedgers(state)).get("kim") ?? expect.fail("no ledger");
    expect(kept.entries["server i-1"]?.dollars).to.be.closeTo(2, 1e-9);
    expect(kept.entries["server i-gone"]?.dollars).to.be.closeTo(1.5, 1e-9);
    // A guard that was slower does not turn the time back.
    await keepLedgers(state, [see(1, "ok")]);
    expect((await readLedgers(state)).get("kim")?.at).to.equal(at(2).toISOString());
  });

  it("joins the grades of several jobs, each with its time", async () => {
    await keepGrades(state, [grade("kim")], at(1));
    await keepGrades(state, [grade("lee")], at(2));
    const kept = await readGrades(state);
    const facts = ["kim", "lee", "park"].map((id) => factsOfKept({ id, name: id }, kept.get(id), "en"));
    expect(facts.map(({ gradedAt }) => gradedAt)).to.deep.equal([
      at(1).toISOString(),
      at(2).toISOString(),
      undefined,
    ]);
    const lost = rubric[0]?.points ?? 0;
    expect(facts[0]).to.include({ points: 100 - lost, possible: 100, notChecked: 0 });
    expect(facts[0]?.exercises[0]).to.include({ state: "failed", next: "Fix it." });
    expect(facts[2]).to.include({ points: 0, notChecked: 100, reason: "not graded yet" });
  });

  it("keeps the last grade of an account that cannot be asked", async () => {
    await keepGrades(state, [grade("kim")], at(1));
    const text = { en: "expired", ko: "만료" };
    await keepGrades(state, [grade("kim", { problem: { reason: text, next: text } })], at(2));
    expect((await readGrades(state)).get("kim")?.at).to.equal(at(1).toISOString());
  });

  it("does not check what the rubric has now and had not then", async () => {
    const without = grade("kim", { graded: grade("kim").graded.slice(1) });
    await keepGrades(state, [without], at(1));
    const kept = (await readGrades(state)).get("kim") ?? expect.fail("no grade");
    expect(pointsOfKept(kept).notChecked).to.equal(rubric[0]?.points);
  });

  it("is not read when it is damaged, with what is lost", async () => {
    await keepGrades(state, [grade("kim")], at(1));
    await writeFile(path.join(folder, "grades.json"), "{");
    const error: unknown = await readGrades(state).catch((thrown: unknown) => thrown);
    expect(String(error)).to.include("grades cannot be read");
  });
});
