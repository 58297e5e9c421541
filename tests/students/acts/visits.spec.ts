import { expect } from "chai";

import { needsMore } from "../../../students/acts/load";
import {
  isServedMeanwhile,
  longestFailingSeconds,
  serviceOf,
  type Visit,
} from "../../../students/acts/visits";

const times = { intervalSeconds: 5, timeoutSeconds: 4, unhealthyThreshold: 2 };

/** A visit each second; `x` is a failed one. */
function visits(text: string): readonly Visit[] {
  return Array.from(text, (each, index) => ({
    at: index * 1_000,
    milliseconds: 100,
    isServed: each !== "x",
  }));
}

describe("visits during an act", () => {
  it("measure the time from the first to the last error", () => {
    expect(serviceOf(visits("..x.x..."))).to.deep.equal({ visits: 8, failed: 2, failingSeconds: 2.1 });
    expect(serviceOf(visits("...."))).to.deep.equal({ visits: 4, failed: 0, failingSeconds: 0 });
    expect(serviceOf([])).to.deep.equal({ visits: 0, failed: 0, failingSeconds: 0 });
  });

  it("count as served while errors end with the health check's time and are the smaller part", () => {
    expect(longestFailingSeconds(times)).to.equal(24);
    const isServed = (text: string) => isServedMeanwhile(serviceOf(visits(text)), times);
    expect(isServed(".x.x.x....")).to.equal(true);
    expect(isServed("xxxxx.....")).to.equal(true);
    expect(isServed("xxxxxx....")).to.equal(false);
    expect(isServed(`x${".".repeat(22)}x`)).to.equal(true);
    expect(isServed(`x${".".repeat(24)}x`)).to.equal(false);
  });

  it("need at least one page: no visit shows no service", () => {
    expect(isServedMeanwhile(serviceOf([]), times)).to.equal(false);
  });
});

describe("the wave of visitors", () => {
  it("grows while pages are fast, up to a number for each server", () => {
    expect(needsMore(2, 1, [])).to.equal(true);
    expect(needsMore(2, 1, [300, 400])).to.equal(true);
    expect(needsMore(4, 1, [300, 1_200, 1_500])).to.equal(false);
    expect(needsMore(16, 1, [100])).to.equal(false);
    expect(needsMore(16, 2, [100])).to.equal(true);
  });
});
