import { expect } from "chai";

import { screenOn } from "../../../cli/screen";
import { classView, type ClassView, endingText, wholeLine } from "../../../students/ui/classView";

/** An output that keeps the written text. */
function paper(isTTY: boolean) {
  let written = "";
  return {
    output: {
      isTTY,
      columns: 100,
      write: (text: string) => {
        written += text;
      },
    },
    read: () => written,
  };
}

const students = [
  { id: "kim", name: "김지훈" },
  { id: "lee-seoyeon", name: "Lee, Seoyeon of the second year" },
];

describe("the progress of a class", () => {
  let view: ClassView | undefined;

  // A timer updates its lines, and would never end.
  afterEach(() => view?.close());

  it("prints a plain line at each student's end without a terminal", () => {
    const { output, read } = paper(false);
    view = classView(screenOn(output), students);
    view.started("kim");
    view.moved("kim", "checking");
    view.ended("kim", { kind: "done", report: { resources: 71, changes: { created: 71 } } });
    view.started("lee-seoyeon");
    view.ended("lee-seoyeon", { kind: "failed", reason: "a policy\nand more", remedy: "", report: {} });
    view.close();
    const lines = read().trimEnd().split("\n");
    expect(lines).to.have.lengthOf(2);
    expect(lines[0]).to.match(/^kim {9}김지훈 {7} +[\d.]+ s {2}done: 71 resources, 71 created$/);
    expect(lines[1]).to.match(/^lee-seoyeon Lee, Seoyeo… +[\d.]+ s {2}failed: a policy$/);
  });

  it("shows a changing line per student and a summary on a terminal, and removes them", () => {
    const { output, read } = paper(true);
    view = classView(screenOn(output), students);
    view.started("kim");
    view.moved("kim", "checking: 3 of 71 resources");
    expect(read()).to.match(
      /kim {9}김지훈 +[\d.]+ s {2}checking: 3 of 71 resources\n0 of 2 done, 1 in progress/,
    );
    view.ended("kim", { kind: "done", report: {} });
    view.close();
    const last = read().split("\u001b[0J").at(-1);
    expect(last).to.equal("");
  });

  it("counts failures", () => {
    expect(wholeLine({ count: 30, ended: 12, failed: 1, running: 2 }, 65_000)).to.equal(
      "12 of 30 done, 1 failed, 2 in progress (1 min 5 s)",
    );
  });

  it("reports that nothing changed", () => {
    expect(endingText({ kind: "done", report: { resources: 71, changes: {} } })).to.equal(
      "done: 71 resources, no change",
    );
  });
});
