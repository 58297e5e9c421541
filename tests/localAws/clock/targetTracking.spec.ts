import { expect } from "chai";
import fc from "fast-check";

import { type Tracked, wantedCapacity } from "../../../localAws/clock/targetTracking";

function group(given: Partial<Tracked>): Tracked {
  return {
    capacity: 2,
    measured: given.capacity ?? 2,
    smallest: 1,
    largest: 6,
    protectedInstances: 0,
    metric: 50,
    target: 50,
    scaleInAllowed: true,
    ...given,
  };
}

describe("wantedCapacity", () => {
  it("grows in proportion to the metric, rounded up", () => {
    expect(wantedCapacity(group({ metric: 51 }))).to.equal(3);
    expect(wantedCapacity(group({ metric: 100 }))).to.equal(4);
  });

  it("does not exceed the maximum size", () => {
    expect(wantedCapacity(group({ metric: 100, largest: 3 }))).to.equal(3);
  });

  it("does not change between 90 % of the target and the target", () => {
    expect(wantedCapacity(group({ capacity: 6, metric: 45 }))).to.equal(6);
    expect(wantedCapacity(group({ capacity: 6, metric: 40 }))).to.equal(5);
  });

  it("does not go below the minimum size", () => {
    expect(wantedCapacity(group({ capacity: 6, metric: 1, smallest: 2 }))).to.equal(2);
  });

  it("does not go below the number of protected instances", () => {
    expect(wantedCapacity(group({ capacity: 6, metric: 1, protectedInstances: 4 }))).to.equal(4);
  });

  it("never shrinks with DisableScaleIn, and still grows", () => {
    expect(wantedCapacity(group({ capacity: 6, metric: 1, scaleInAllowed: false }))).to.equal(6);
    expect(wantedCapacity(group({ metric: 100, scaleInAllowed: false }))).to.equal(4);
  });

  it("counts servers that warm up as part of what a load needs", () => {
    expect(wantedCapacity(group({ capacity: 2, measured: 1, metric: 100 }))).to.equal(2);
    expect(wantedCapacity(group({ capacity: 2, measured: 1, metric: 100, target: 25 }))).to.equal(4);
  });

  it("does not shrink while servers warm up", () => {
    expect(wantedCapacity(group({ capacity: 3, measured: 2, metric: 1 }))).to.equal(3);
  });

  it("does not change a paused group", () => {
    expect(wantedCapacity(group({ capacity: 0, smallest: 0, metric: 100 }))).to.equal(0);
  });

  it("keeps the last server, because only servers send the metric", () => {
    expect(wantedCapacity(group({ capacity: 3, smallest: 0, metric: 0 }))).to.equal(1);
  });

  it("stays within the group's sizes, and changes only in the metric's direction", () => {
    const groups = fc.record({
      smallest: fc.integer({ min: 0, max: 5 }),
      spare: fc.integer({ min: 0, max: 5 }),
      extra: fc.integer({ min: 0, max: 5 }),
      warming: fc.integer({ min: 0, max: 5 }),
      protectedInstances: fc.integer({ min: 0, max: 15 }),
      metric: fc.double({ min: 0, max: 100, noNaN: true }),
      target: fc.integer({ min: 1, max: 100 }),
      scaleInAllowed: fc.boolean(),
    });
    fc.assert(
      fc.property(groups, ({ spare, extra, warming, ...given }) => {
        const capacity = given.smallest + spare;
        const tracked = {
          ...given,
          capacity,
          measured: Math.max(0, capacity - warming),
          largest: capacity + extra,
        };
        const wanted = wantedCapacity(tracked);
        expect(wanted).to.be.within(given.smallest, tracked.largest);
        if (given.metric > given.target) expect(wanted).to.be.at.least(capacity);
        else expect(wanted).to.be.at.most(capacity);
      }),
    );
  });
});
