import { expect } from "chai";

import { figuresOf, renderFigures, scoreOf } from "../../tools/mutation/figures";

const start = { line: 1, column: 1 };
const file = (...statuses: readonly string[]) => ({
  source: "",
  mutants: statuses.map((status) => ({
    ...{ status, mutatorName: "BlockStatement", replacement: "{}", location: { start, end: start } },
  })),
});

const figures = figuresOf([
  {
    files: {
      "policies/guardrails/rules/imdsv2.ts": file("Killed", "Killed", "Timeout", "Survived"),
      "policies/guardrails/rules.ts": file("Killed", "NoCoverage"),
      "config.ts": file("Killed"),
    },
  },
  { files: { "lambda/decide.ts": file("Killed", "CompileError", "Ignored", "RuntimeError") } },
]);

describe("the figures of mutation testing", () => {
  it("count killed and surviving mutants, by folder and in total", () => {
    expect(figures).to.deep.equal([
      { name: ".", killed: 1, survived: 0, untested: 0 },
      { name: "lambda", killed: 1, survived: 0, untested: 0 },
      { name: "policies/guardrails", killed: 4, survived: 2, untested: 1 },
      { name: "all", killed: 6, survived: 2, untested: 1 },
    ]);
  });

  it("are a share in percent", () => {
    expect(figures.map(scoreOf).map(Math.round)).to.deep.equal([100, 100, 67, 75]);
    expect(scoreOf({ name: "nothing", killed: 0, survived: 0, untested: 0 })).to.equal(100);
  });

  it("are a line each", () => {
    const lines = renderFigures(figures).split("\n");
    expect(lines).to.have.length(5);
    expect(lines.at(-1)).to.match(/^all +75\.0 +6 +2 +1$/);
    expect(new Set(lines.map(({ length }) => length)).size).to.equal(1);
  });
});
