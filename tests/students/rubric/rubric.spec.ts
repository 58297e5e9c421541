import { expect } from "chai";

import { languages } from "../../../students/language/text";
import { rubric } from "../../../students/rubric/rubric";

describe("the rubric", () => {
  it("has one hundred points, in whole numbers", () => {
    expect(rubric.reduce((sum, { points }) => sum + points, 0)).to.equal(100);
    for (const { id, points } of rubric) {
      expect(points, id).to.satisfy((value: number) => Number.isInteger(value) && value > 0);
    }
  });

  it("has an id of its own for each exercise", () => {
    const ids = rubric.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const id of ids) expect(id).to.match(/^[a-z]+(-[a-z]+)*$/);
  });

  it("has every text in every language, and Korean in Hangul", () => {
    for (const { id, title, proves, how } of rubric) {
      for (const text of [title, proves, how]) {
        for (const language of languages) expect(text[language].trim(), `${id} ${language}`).to.not.equal("");
        expect(text.ko, id).to.match(/\p{Script=Hangul}/u);
        expect(text.en, id).to.not.match(/\p{Script=Hangul}/u);
      }
    }
  });
});
