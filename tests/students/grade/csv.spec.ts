import { expect } from "chai";
import { parse } from "csv-parse/sync";
import { z } from "zod";

import { gradesCsv } from "../../../students/grade/csv";
import type { GradeFacts } from "../../../students/grade/facts";

const rows = z.array(z.array(z.string()));

function gradeOf(name: string, more: Partial<GradeFacts> = {}): GradeFacts {
  const exercise = { row: 2, title: "any", possible: 4, evidence: [] };
  return {
    id: "kim",
    name,
    points: 4,
    possible: 12,
    notChecked: 4,
    exercises: [
      { ...exercise, id: "two-zones", state: "passed", points: 4 },
      { ...exercise, id: "tags", state: "failed", points: 0 },
      { ...exercise, id: "schedule", state: "not checked" },
    ],
    ...more,
  };
}

describe("the grades for a gradebook", () => {
  const read = (text: string) => rows.parse(parse(text, { bom: true }));

  it("have a column for each exercise, with 0 for a failure and nothing for what was not checked", () => {
    expect(read(gradesCsv([gradeOf("Kim")]))).to.deep.equal([
      ["id", "name", "points", "possible", "not checked", "two-zones", "tags", "schedule", "reason"],
      ["kim", "Kim", "4", "12", "4", "4", "0", "", ""],
    ]);
  });

  it("keep names in any script, with commas, quotes and line ends", () => {
    for (const name of ["김지훈", "Lee, Seoyeon", 'A "B" C', "a\nb"]) {
      expect(read(gradesCsv([gradeOf(name)]))[1]?.[1], name).to.equal(name);
    }
  });

  it("begin with the mark by which Excel reads UTF-8, and end lines as RFC 4180 does", () => {
    const text = gradesCsv([gradeOf("김지훈")]);
    expect(text.startsWith("\uFEFFid,")).to.equal(true);
    expect(text.replaceAll("\r\n", "")).to.not.include("\n");
  });

  it("run no name and no reason as a formula", () => {
    for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"]) {
      const [, row] = read(gradesCsv([gradeOf(text, { reason: text })]));
      expect(row?.[1]).to.equal(`'${text}`);
      expect(row?.at(-1)).to.equal(`'${text}`);
    }
  });
});
