import { expect } from "chai";
import { execFileSync } from "node:child_process";

import { npmCommand, shellWord } from "../../cli/shellCommand";

describe("a command for the user to paste", () => {
  it("has no -- when nothing follows it", () => {
    expect(npmCommand("local", [])).to.equal("npm run local");
    expect(npmCommand("local", [], { stack: undefined, yes: false })).to.equal("npm run local");
  });

  it("has the words before the options, and no value after a boolean option", () => {
    expect(npmCommand("students", ["up", "class.csv"], { local: true, port: 4701 })).to.equal(
      "npm run students -- up class.csv --local --port 4701",
    );
  });

  for (const text of [
    "",
    "plain",
    "my folder",
    "김지훈",
    "it's",
    "a$b`c`",
    'say "hi"',
    "a\\b",
    "*",
    "~",
    "a\nb",
  ]) {
    it(`reaches the program as it was given: ${JSON.stringify(text)}`, () => {
      const printed = execFileSync("sh", ["-c", `printf %s ${shellWord(text)}`], { encoding: "utf8" });
      expect(printed).to.equal(text);
    });
  }
});
