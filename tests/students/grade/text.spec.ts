import { expect } from "chai";
import measure from "fast-string-truncated-width";

import { gradeFacts } from "../../../students/grade/facts";
import { classText, pointsText, studentText } from "../../../students/grade/text";
import { languages } from "../../../students/language/text";
import { failed, needsAct, passed, seen, type CheckResult } from "../../../students/rubric/exercise";
import { rubric } from "../../../students/rubric/rubric";

const long = "arn:aws:sns:us-east-1:856641489368:wordpress-fleet-951319d";

/** The grade of a student, with the results by exercise; all others passed. */
function gradeOf(results: Readonly<Record<string, CheckResult>>, language: "en" | "ko", name = "김지훈") {
  const graded = rubric.map((exercise) => ({
    exercise,
    result: results[exercise.id] ?? passed(seen(`a server uses ${long}`, `서버가 ${long}을(를) 사용함`)),
  }));
  const about = { accountId: "111111111111", credentialsExpireAt: undefined, problem: undefined };
  return gradeFacts({ id: "kim-jihun", name, ...about, graded }, language);
}

const results = {
  schedule: failed({ en: "Fix the time.", ko: "시각을 수정합니다." }, seen("wrong", "틀림")),
  "scales-with-load": needsAct(),
  "replaces-server": needsAct(),
};

describe("the text of grades", () => {
  it("fits a terminal of 80 columns in every language", () => {
    for (const language of languages) {
      for (const name of [
        "김지훈",
        "Lee, Seoyeon with a very long name of many words",
        "황보강아지똥별하나",
      ]) {
        const grade = gradeOf(results, language, name);
        for (const line of [
          ...classText([grade], language).split("\n"),
          ...studentText(grade, language).split("\n"),
        ]) {
          expect(measure(line).width, line).to.be.at.most(80);
        }
      }
    }
  });

  it("shows a failed exercise with its next step, and those that need --act as one", () => {
    const act = rubric.filter(({ id }) => id === "scales-with-load" || id === "replaces-server");
    const points = act.reduce((sum, each) => sum + each.points, 0);
    expect(act).to.have.length(2);
    const lines = classText([gradeOf(results, "en")], "en").split("\n");
    expect(lines[0]).to.equal(
      `kim-jihun            김지훈       ${96 - points} of 100 points, ${points} not checked`,
    );
    expect(lines[1]).to.match(/^ {2}failed {7}The cron fires at the right local time +4$/);
    expect(lines[2]).to.equal("    next: Fix the time.");
    expect(lines[3]).to.match(new RegExp(`^ {2}not checked {2}2 exercises +${points}$`));
    expect(lines[4]).to.match(/^ {4}next: Add --act/);
  });

  it("shows what was seen and when, for one student", () => {
    const text = studentText(gradeOf(results, "ko"), "ko");
    expect(text).to.match(
      /실패 +올바른 현지 시각의 cron 일정 +4\n {4}\d\d:\d\d:\d\d 틀림\n {4}다음: 시각을 수정합니다\./,
    );
  });

  it("counts points in every language", () => {
    const points = { points: 52, possible: 100, notChecked: 40 };
    expect(pointsText(points, "en")).to.equal("52 of 100 points, 40 not checked");
    expect(pointsText(points, "ko")).to.equal("100점 중 52점, 미확인 40점");
    expect(pointsText({ ...points, notChecked: 0 }, "ko")).to.equal("100점 중 52점");
  });
});
