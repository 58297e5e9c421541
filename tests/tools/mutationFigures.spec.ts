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
    part: "guardrails",
    report: {
      files: { "policies/guardrails/rules/imdsv2.ts": file("Killed", "Killed", "Timeout", "Survived") },
    },
  },
  {
    part: "exceptions",
    report: {
      files: { "policies/exceptions/day.ts": file("Killed"), "policies/packs.ts": file("NoCoverage") },
    },
  },
  {
    part: "lambda",
    report: { files: { "lambda/decide.ts": file("Killed", "CompileError", "Ignored", "RuntimeError") } },
  },
]);

describe("the figures of mutation testing", () => {
  it("count killed and surviving mutants, by part, of the policies and in total", () => {
    expect(figures).to.deep.equal([
      { name: "guardrails", killed: 3, survived: 1, untested: 0 },
      { name: "exceptions", killed: 1, survived: 1, untested: 1 },
      { name: "lambda", killed: 1, survived: 0, untested: 0 },
      { name: "policies", killed: 4, survived: 2, untested: 1 },
      { name: "all", killed: 5, survived: 2, untested: 1 },
    ]);
  });

  it("are a share in percent", () => {
    expect(figures.map(scoreOf).map(Math.round)).to.deep.equal([75, 50, 100, 67, 71]);
    expect(scoreOf({ name: "nothing", killed: 0, survived: 0, untested: 0 })).to.equal(100);
  });

  it("are a line each", () => {
    const lines = renderFigures(figures).split("\n");
    expect(lines).to.have.length(6);
    expect(lines.at(-1)).to.match(/^all +71\.4 +5 +2 +1$/);
    expect(new Set(lines.map(({ length }) => length)).size).to.equal(1);
  });
});
