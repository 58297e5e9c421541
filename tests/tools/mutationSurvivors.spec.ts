import { expect } from "chai";

import { survivorLines } from "../../tools/mutation/survivors";

const source = ["if (one < two) {", `  say("${"long ".repeat(20)}");`, "}"].join("\n");
const mutant = (status: string, replacement: string, start: [number, number], end: [number, number]) => ({
  ...{ status, replacement, mutatorName: "Changed" },
  location: {
    start: { line: start[0], column: start[1] },
    end: { line: end[0], column: end[1] },
  },
});

describe("the list of surviving mutants", () => {
  const mutants = [
    mutant("Killed", "true", [1, 5], [1, 14]),
    mutant("Survived", "one <= two", [1, 5], [1, 14]),
    mutant("NoCoverage", "{}", [1, 16], [3, 2]),
    mutant("Timeout", "false", [1, 5], [1, 14]),
    mutant("Ignored", "false", [1, 5], [1, 14]),
  ];

  it("has the place, the code and its replacement, on one line each", () => {
    const lines = survivorLines([{ files: { "lambda/decide.ts": { source, mutants } } }]);
    expect(lines).to.deep.equal([
      "lambda/decide.ts:1:5 Changed: one < two -> one <= two",
      `lambda/decide.ts:1:16 Changed (untested): ${`{ say("${"long ".repeat(20)}`.slice(0, 70)}… -> {}`,
    ]);
  });

  it("is empty without survivors", () => {
    expect(
      survivorLines([{ files: { "config.ts": { source, mutants: mutants.slice(0, 1) } } }]),
    ).to.deep.equal([]);
  });
});
