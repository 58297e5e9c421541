import { expect } from "chai";

import { renderMeasurements, verdict } from "../../bench/report";
import { median, medianRatio } from "../../bench/statistics";

describe("the statistics of the bench", () => {
  it("take the middle of an odd count, and between the two middles of an even one", () => {
    expect(median([3, 1, 2])).to.equal(2);
    expect(median([4, 1, 3, 2])).to.equal(2.5);
    expect(median([])).to.be.NaN;
  });

  it("compare the cases of each round, so that a slow round affects both", () => {
    expect(medianRatio([2, 20, 2.2], [1, 10, 1])).to.equal(2);
  });
});

describe("the report of the bench", () => {
  const measurements = [
    { name: "empty", seconds: [1, 1, 1] },
    { name: "ours", seconds: [1.5, 1.5, 9] },
  ];

  it("accepts a ratio at the goal, and reports a miss beyond it", () => {
    expect(verdict({ of: "ours", to: "empty", atMost: 1.5 }, measurements)).to.deep.equal({
      ratio: 1.5,
      reached: true,
    });
    expect(verdict({ of: "ours", to: "empty", atMost: 1.49 }, measurements).reached).to.equal(false);
    expect(verdict({ of: "ours", to: "empty", atLeast: 1.6 }, measurements).reached).to.equal(false);
  });

  it("misses a goal that was not measured", () => {
    expect(verdict({ of: "ours", to: "nothing", atMost: 100 }, measurements).reached).to.equal(false);
  });

  it("shows each command's median, spread and ratio to the first", () => {
    const [heading, , ours] = renderMeasurements(measurements).split("\n");
    expect(heading).to.match(/median s\s+min s\s+max s\s+x first/);
    expect(ours).to.match(/^ours\s+1\.50\s+1\.50\s+9\.00\s+1\.50$/);
  });
});
