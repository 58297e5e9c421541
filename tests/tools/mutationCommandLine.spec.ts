import { expect } from "chai";

import { parseCommandLine } from "../../tools/mutation/commandLine";

const parts = ["views", "lambda"];
const parse = (...words: readonly string[]) => parseCommandLine(words, parts);

describe("the command line of mutation testing", () => {
  it("chooses all parts without a name", () => {
    expect(parse()).to.deep.equal({ parts, files: [], survivors: false });
  });

  it("chooses the named parts, and lists survivors", () => {
    expect(parse("lambda", "--survivors")).to.deep.equal({ parts: ["lambda"], files: [], survivors: true });
  });

  it("limits a part to files", () => {
    const files = ["policies/support/views/fleets.ts", "policies/support/views/ids.ts"];
    expect(parse("views", ...files)).to.deep.equal({ parts: ["views"], files, survivors: false });
  });

  it("needs the one part that has the files", () => {
    for (const words of [["lambda/decide.ts"], ["views", "lambda", "lambda/decide.ts"]]) {
      expect(() => parse(...words)).to.throw(/^lambda\/decide.ts: name the one part that has these files/);
    }
  });

  it("rejects unknown words, and states the allowed ones", () => {
    expect(() => parse("view", "--all")).to.throw(
      "unknown: view, --all; allowed are --survivors, files and the parts views, lambda",
    );
  });
});
