import { expect } from "chai";

import { timesOf } from "../../../../localAws/live/box/processGroup";

describe("the times of a process", () => {
  const after = "0 0 0 -1 4194560 1 2 3 4 150 25 300 75 20 0 1 0 12345";

  it("are those of itself and of its ended children, in microseconds", () => {
    expect(timesOf(`42 (sh) S 7 ${after}`, "1750000000 250000 12")).to.deep.equal({
      pid: 42,
      parent: 7,
      hasEnded: false,
      usageMicroseconds: 5_500_000,
      waitedMicroseconds: 250,
    });
  });

  it("are read after a name with spaces and parentheses", () => {
    const { pid, parent, hasEnded } = timesOf(`42 (a) S 1 (b c) Z 9 ${after}`, "0 0 0");
    expect({ pid, parent, hasEnded }).to.deep.equal({ pid: 42, parent: 9, hasEnded: true });
  });
});
