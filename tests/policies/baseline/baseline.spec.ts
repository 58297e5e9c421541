import { expect } from "chai";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { compare, violationsIn } from "../../../policies/baseline/baseline";
import { readBaseline, writeBaseline } from "../../../policies/baseline/file";
import { production } from "../../../policies/production/pack";
import { jsonReport } from "../../../policies/report/json";
import { allPass, stackResult, type PolicyEvent } from "../../../policies/report/results";
import { renderSarif } from "../../../policies/report/sarif";
import { renderTable } from "../../../policies/report/table";
import { sarifProblems } from "../../support/sarifSchema";
import { outcomeIn, packOf, run, standby, urn } from "../report/runs";

const found = (at: string): PolicyEvent => ({
  ...standby,
  message: `wordpress-database (aws:rds/instance:Instance): ${at} is false.\nAllowed: true.\nFix: Set it.`,
});
const results = (...events: readonly PolicyEvent[]) => [
  stackResult(run("prod", [packOf(production)], ...events)),
];
const known = { stack: "prod", rule: "production/database-multi-az", urn, at: "multiAz" };

describe("a baseline", () => {
  it("has the violations of a run, and nothing that passes", () => {
    const excepted = { ...found("other"), exception: { reason: "r" } };
    const advised = { ...found("another"), enforcementLevel: "advisory" };
    expect(violationsIn(results(found("multiAz"), excepted, advised))).to.deep.equal([known]);
  });

  it("lets its violations pass, and no other one", () => {
    const { results: same, fixed } = compare(results(found("multiAz")), [known]);
    expect(allPass(same)).to.equal(true);
    expect(same.map((each) => outcomeIn(each, "database-multi-az"))).to.deep.equal(["known"]);
    expect(fixed).to.deep.equal([]);
    for (const other of [
      { stack: "dev" },
      { urn: `${urn}-2` },
      { at: "backup" },
      { rule: "guardrails/imdsv2" },
    ]) {
      const compared = compare(results(found("multiAz")), [{ ...known, ...other }]);
      expect(allPass(compared.results), JSON.stringify(other)).to.equal(false);
    }
  });

  it("does not let a second violation pass because of the first one", () => {
    const { results: more } = compare(results(found("multiAz"), found("multiAz")), [known]);
    expect(allPass(more)).to.equal(false);
    const outcomes = more.flatMap(({ rules }) =>
      rules.flatMap(({ findings }) => findings.map((each) => each.outcome)),
    );
    expect(outcomes).to.deep.equal(["known", "violated"]);
  });

  it("names what is fixed, but not what this run did not judge", () => {
    expect(compare(results(), [known]).fixed).to.deep.equal([known]);
    expect(compare([], [known]).fixed).to.deep.equal([]);
    const failed = { ...run("prod", [packOf(production)]), finished: false, failure: "no" };
    expect(compare([stackResult(failed)], [known]).fixed).to.deep.equal([]);
    const unfinished = { ...run("prod", [packOf(production)]), finished: false };
    expect(compare([stackResult(unfinished)], [known]).fixed).to.deep.equal([]);
    const disabled = stackResult(run("prod", [packOf(production, "database-multi-az")]));
    expect(compare([disabled], [known]).fixed).to.deep.equal([]);
    const dev = stackResult(run("dev", [packOf(production)]));
    expect(compare([dev], [known]).fixed).to.deep.equal([]);
    expect(compare(results(), [{ ...known, rule: "guardrails/imdsv2" }]).fixed).to.deep.equal([]);
  });

  it("is in every report", () => {
    const old = { ...known, at: "storageEncrypted" };
    const compared = compare(results(found("multiAz"), found("new")), [known, old]);
    const notes = { exceptionProblems: [], baseline: { fixed: compared.fixed } };
    const table = renderTable(compared.results, notes);
    expect(table).to.contain("known: prod, production/database-multi-az, wordpress-database");
    expect(table).to.contain(
      "Fixed since the baseline: write it again with --write-baseline\n\n    prod, production/database-multi-az, wordpress-database, storageEncrypted",
    );
    expect(table).to.match(
      /\n1 rule is violated, 1 violation is in the baseline, 1 violation of the baseline fixed; see above for the fixes\.$/,
    );
    expect(jsonReport(compared.results, notes).baseline).to.deep.equal({ known: 1, fixed: [old] });
    const sarif = renderSarif(compared.results, notes);
    expect(sarifProblems(JSON.parse(sarif))).to.deep.equal([]);
    expect([...sarif.matchAll(/"baselineState": "(\w+)"/g)].map(([, state]) => state)).to.deep.equal([
      "unchanged",
      "new",
    ]);
    expect(renderTable(compare(results(found("multiAz")), [known]).results)).to.match(
      /\nNo new violation; 1 violation is in the baseline\.$/,
    );
  });
});

describe("the outcome of a rule with a baseline", () => {
  it("stays advisory or disabled", () => {
    const advised = { ...found("multiAz"), enforcementLevel: "advisory" };
    const [result] = compare(results(advised), [known]).results;
    expect(result === undefined ? undefined : outcomeIn(result, "database-multi-az")).to.equal("advised");
    const off = stackResult(run("prod", [packOf(production, "database-multi-az")], found("multiAz")));
    const [disabled] = compare([off], [known]).results;
    expect(disabled === undefined ? undefined : outcomeIn(disabled, "database-multi-az")).to.equal(
      "disabled",
    );
  });
});

describe("the file of a baseline", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "baseline-"));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  it("is read as it was written, a line for each violation", async () => {
    const file = path.join(folder, "baseline.json");
    const violations = [known, { stack: "dev", rule: "production/alarms-present" }];
    await writeBaseline(file, violations);
    expect(await readBaseline(file)).to.deep.equal({ version: 1, violations: [...violations].reverse() });
    expect((await readFile(file, "utf8")).split("\n").filter((line) => line.includes("rule"))).to.have.length(
      2,
    );
    await writeBaseline(file, []);
    expect(await readBaseline(file)).to.deep.equal({ version: 1, violations: [] });
  });

  it("is refused where it is missing or something else", async () => {
    const file = path.join(folder, "other.json");
    expect(await readBaseline(file)).to.deep.equal({
      problem: `--baseline ${file}: the file does not exist; write it with --write-baseline ${file}`,
    });
    for (const text of [
      "{",
      "[]",
      '{"version":2,"violations":[]}',
      '{"version":1,"violations":[{"stack":1}]}',
    ]) {
      await writeFile(file, text);
      const read = await readBaseline(file);
      expect(read, text).to.have.property("problem");
      expect("problem" in read ? read.problem : "").to.match(
        /^--baseline .*: not a baseline: .*; write it again with --write-baseline .*$/,
      );
    }
  });
});
