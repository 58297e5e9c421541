import { expect } from "chai";

import { production } from "../../../policies/production/pack";
import { noNotes } from "../../../policies/report/notes";
import { stackResult, type PolicyEvent, type PolicyRun } from "../../../policies/report/results";
import { policyFacts, policyText, type JudgedStudent } from "../../../students/ui/policyText";

const urnIn = (id: string) => `urn:pulumi:${id}::wordpress::aws:rds/instance:Instance::wordpress-database`;
const standby = (id: string, enforcementLevel = "mandatory"): PolicyEvent => ({
  pack: "production",
  rule: "database-multi-az",
  resourceUrn: urnIn(id),
  message:
    "A database has a standby.\nwordpress-database (aws:rds/instance:Instance): multiAz is false.\nAllowed: true.\nFix: Set multiAz to true.",
  enforcementLevel,
});
const unknown = (id: string): PolicyEvent => ({
  pack: "production",
  rule: "tls-policy",
  resourceUrn: urnIn(id),
  message: "can't run policy 'tls-policy' from policy pack 'x' during preview: string value at .sslPolicy",
  enforcementLevel: "advisory",
});
const alarms = (id: string): PolicyEvent => ({
  pack: "production",
  rule: "alarms-present",
  resourceUrn: `urn:pulumi:${id}::wordpress::pulumi:pulumi:Stack::wordpress-${id}`,
  message: "no alarms",
  enforcementLevel: "advisory",
});

function judged(id: string, name: string, run: Partial<PolicyRun> = {}): JudgedStudent {
  const packs = [{ pack: production, isDisabled: () => false }];
  const result = stackResult({ stack: id, subject: "preview", packs, events: [], finished: true, ...run });
  return { id, name, status: "judged", result };
}

const students: readonly JudgedStudent[] = [
  judged("kim", "김지훈", { events: [standby("kim"), unknown("kim"), alarms("kim")] }),
  judged("lee", "Lee", { events: [standby("lee"), unknown("lee"), alarms("lee")] }),
  judged("park", "Park", {
    finished: false,
    failure: "no credentials",
    drift: [{ urn: urnIn("park"), gone: true, properties: [] }],
  }),
  { id: "choi", name: "Choi", status: "not up" },
];

describe("the policy report of a class", () => {
  const text = policyText(students, noNotes);
  const lines = text.split("\n");

  it("has a row for each student and a column for each rule that does not pass for all", () => {
    expect(lines.slice(0, 9)).to.deep.equal([
      "| student    | result     | (1)        | (2)        |",
      "| ---------- | ---------- | ---------- | ---------- |",
      "| kim 김지훈 | 1 violated | VIOLATED   | advice     |",
      "| lee Lee    | 1 violated | VIOLATED   | advice     |",
      "| park Park  | FAILED     | not judged | not judged |",
      "| choi Choi  | not up     |            |            |",
      "",
      "(1) production/database-multi-az",
      "(2) production/alarms-present",
    ]);
  });

  it("lists the same finding of several students once, with their ids", () => {
    const headings = lines.filter((line) => /^(VIOLATED|advice|FAILED|not judged|Drift)/.test(line));
    expect(headings).to.deep.equal([
      "FAILED: preview",
      "VIOLATED: production/database-multi-az, wordpress-database",
      "advice: production/alarms-present, the stack",
      "not judged: production/tls-policy",
      "Drift: park, the account differs from the state",
    ]);
    expect(text).to.include("    kim, lee:\n    A database has a standby.");
    expect(text).to.include("    park:\n    no credentials");
    expect(text).to.include("    kim, lee:\n    wordpress-database\n    The preview does not know a value.");
    expect(lines.at(-1)).to.equal("1 rule is violated, 1 preview failed; see above for the fixes.");
  });

  it("has the rules of each student in JSON, and passes only if every asked student does", () => {
    const facts = policyFacts(students, noNotes);
    expect(facts.passed).to.equal(false);
    expect(facts.students.map(({ id, status }) => `${id} ${status}`)).to.deep.equal([
      "kim judged",
      "lee judged",
      "park judged",
      "choi not up",
    ]);
    expect(facts.students[0]).to.have.property("rules").with.lengthOf(production.rules.length);
    expect(facts.students[3]).to.deep.equal({ id: "choi", name: "Choi", status: "not up" });
    const good = judged("kim", "김지훈");
    expect(policyFacts([good, { id: "choi", name: "Choi", status: "not up" }], noNotes).passed).to.equal(
      true,
    );
    expect(policyFacts([good, { id: "choi", name: "Choi", status: "not started" }], noNotes).passed).to.equal(
      false,
    );
  });

  it("is short when nothing is to be reported, and lists exceptions that fail the run", () => {
    const passing = policyText([judged("kim", "김지훈")], noNotes);
    expect(passing.split("\n")).to.deep.equal([
      "| student    | result |",
      "| ---------- | ------ |",
      "| kim 김지훈 | ok     |",
      "",
      "No stack violates a rule.",
    ]);
    const exceptionProblems = [{ file: "policies/exceptions.yaml", line: 4, text: "the exception ended" }];
    expect(policyText([judged("kim", "김지훈")], { ...noNotes, exceptionProblems })).to.include(
      "policies/exceptions.yaml:4: the exception ended",
    );
  });
});
