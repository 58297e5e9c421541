import { expect } from "chai";

import { languageFor, languageOf, languageOption } from "../../students/language/language";

describe("the language of the output", () => {
  it("is the first locale that is set, as POSIX orders them", () => {
    const cases: readonly (readonly [NodeJS.ProcessEnv, string])[] = [
      [{}, "en"],
      [{ LANG: "ko_KR.UTF-8" }, "ko"],
      [{ LANG: "ko" }, "ko"],
      [{ LANG: "kok_IN" }, "en"],
      [{ LANG: "C.UTF-8" }, "en"],
      [{ LC_MESSAGES: "en_US.UTF-8", LANG: "ko_KR.UTF-8" }, "en"],
      [{ LC_ALL: "ko_KR", LC_MESSAGES: "en_US", LANG: "en_US" }, "ko"],
      // An empty variable counts as unset.
      [{ LC_ALL: "", LC_MESSAGES: "", LANG: "ko_KR.UTF-8" }, "ko"],
    ];
    for (const [environment, language] of cases) {
      expect(languageOf(environment), JSON.stringify(environment)).to.equal(language);
    }
  });

  it("is that of --lang, whatever the locale", () => {
    expect(languageFor("en", { LANG: "ko_KR.UTF-8" })).to.equal("en");
    expect(languageFor(undefined, { LANG: "ko_KR.UTF-8" })).to.equal("ko");
    expect(languageOption.problemOf("KO")).to.include("en or ko");
    expect(languageOption.problemOf("ko")).to.equal(undefined);
  });
});
