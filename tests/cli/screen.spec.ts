import { expect } from "chai";

import { screenOn } from "../../cli/screen";
import { seconds, stepLine } from "../../cli/steps";
import { padToWidth } from "../../cli/width";

/** An output that keeps the text and renders it as a terminal does. */
function output(isTTY: boolean, columns = 20) {
  const written: string[] = [];
  return {
    written,
    isTTY,
    columns,
    write: (text: string) => written.push(text),
    /** The rows after all cursor movements. */
    rows: () => {
      let rows: string[] = [];
      for (const part of written.join("").split(/(?=\u001b\[\d+A\u001b\[0J)/)) {
        const up = /^\u001b\[(\d+)A\u001b\[0J/.exec(part);
        if (up !== null) rows = rows.slice(0, rows.length - Number(up[1]));
        const text = up === null ? part : part.slice(up[0].length);
        rows.push(...text.split("\n").slice(0, -1));
      }
      return rows;
    },
  };
}

describe("the screen", () => {
  it("keeps lines above those that change", () => {
    const terminal = output(true);
    const screen = screenOn(terminal);
    screen.show("a", "a 1");
    screen.show("b", "b 1");
    screen.print("kept");
    screen.show("a", "a 2");
    screen.show("b", undefined);
    expect(terminal.rows()).to.deep.equal(["kept", "a 2"]);
  });

  it("cuts a changing line to the width, so that it can be erased", () => {
    const terminal = output(true, 10);
    screenOn(terminal).show("a", "0123456789abcdef\nsecond line");
    expect(terminal.rows()).to.deep.equal(["01234567…"]);
  });

  it("knows that Korean letters take two columns each", () => {
    const terminal = output(true, 10);
    const screen = screenOn(terminal);
    screen.show("a", "김지훈 abc");
    screen.show("b", "김지훈");
    expect(terminal.rows()).to.deep.equal(["김지훈 a…", "김지훈"]);
    expect(padToWidth("김지훈", 8)).to.equal("김지훈  ");
  });

  it("writes only plain lines where lines cannot change", () => {
    const file = output(false);
    const screen = screenOn(file);
    screen.show("a", "a 1");
    screen.print("kept, however long it is");
    screen.show("a", undefined);
    expect(file.written.join("")).to.equal("kept, however long it is\n");
  });
});

describe("a step's line", () => {
  it("has the title, the current detail and the duration", () => {
    expect(stepLine("Pulumi CLI", "compiled 8 of 9", 62_400)).to.equal(
      "Pulumi CLI: compiled 8 of 9 (1 min 2 s)",
    );
    expect(stepLine("Emulator", undefined, 400)).to.equal("Emulator (0.4 s)");
  });

  for (const [milliseconds, text] of [
    [0, "0.0 s"],
    [9_940, "9.9 s"],
    [9_960, "10 s"],
    [59_400, "59 s"],
    [59_600, "1 min 0 s"],
    [245_000, "4 min 5 s"],
  ] as const) {
    it(`shows ${milliseconds} ms as ${text}`, () => {
      expect(seconds(milliseconds)).to.equal(text);
    });
  }
});
