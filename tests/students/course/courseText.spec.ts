import { expect } from "chai";

import { widthOf } from "../../../cli/width";
import { courseText, isDone, nextStep, type CourseStep } from "../../../students/course/courseText";
import { provedBy } from "../../../students/course/proofs";
import { languages } from "../../../students/language/text";
import { failed, needsAct, passed, seen, type CheckResult } from "../../../students/rubric/exercise";
import { rubric } from "../../../students/rubric/rubric";

const long = "wordpress-a-very-long-name-of-a-resource ".repeat(5);
const failure = failed(
  { en: `Fix ${long}`, ko: `고치기 ${long}` },
  seen(`it is ${long}`, `현재 상태는 ${long}`),
);

/** The course where every exercise has the result. */
function course(resultOf: (id: string) => CheckResult): readonly CourseStep[] {
  return rubric.map((exercise) => ({ exercise, result: resultOf(exercise.id), provedAt: undefined }));
}

const commands = { actCommand: "npm run grade -- --act", courseCommand: "npm run course" };

describe("the course in a terminal", () => {
  for (const language of languages) {
    it(`fits 80 columns in ${language}, whichever step is next`, () => {
      for (const { id } of rubric) {
        for (const result of [failure, needsAct()]) {
          const text = courseText(
            course((each) => (each === id ? result : passed())),
            { language, ...commands },
          );
          const rows = text.split("\n");
          expect(rows.filter((row) => widthOf(row) > 80)).to.deep.equal([]);
          expect(rows.filter((row) => row.startsWith(">"))).to.have.length(1);
        }
      }
    });
  }

  it("shows the first failed exercise before those that only an act can check", () => {
    const steps = course((id) =>
      id === "new-server-serves" ? needsAct() : id === "group-sizes" ? failure : passed(),
    );
    expect(nextStep(steps)?.exercise.id).to.equal("group-sizes");
    const text = courseText(steps, { language: "en", ...commands });
    expect(text).to.include("> [ ]  6  Minimum, desired and maximum capacity");
    expect(text).to.include("  [?]  2  A new server from the AMI serves");
  });

  it("shows the command with --act when nothing else is left", () => {
    const steps = course((id) => (id === "paused-group" ? needsAct() : passed()));
    expect(courseText(steps, { language: "en", ...commands })).to.include("npm run grade -- --act");
  });

  it("counts what an earlier act proved, until it fails", () => {
    const [paused] = course(() => needsAct()).filter(({ exercise }) => exercise.id === "paused-group");
    if (paused === undefined) throw new Error("The rubric has no paused-group.");
    const provedAt = new Date("2026-12-01T00:00:00Z");
    expect(isDone({ ...paused, provedAt })).to.equal(true);
    expect(isDone({ ...paused, provedAt, result: failure })).to.equal(false);
    const proofs = new Map([["paused-group", provedAt]]);
    const later = new Date("2026-12-02T00:00:00Z");
    const after = (result: CheckResult) =>
      provedBy(proofs, [{ ...paused, result }], later).get("paused-group");
    expect(after(passed())).to.deep.equal(later);
    expect(after(needsAct())).to.deep.equal(provedAt);
    expect(after(failure)).to.equal(undefined);
  });

  it("has no next step at the end", () => {
    const text = courseText(
      course(() => passed()),
      { language: "ko", ...commands },
    );
    expect(text).to.include("모든 과제를 완료했습니다.");
  });
});
