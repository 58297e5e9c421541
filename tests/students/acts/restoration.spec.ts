import { expect } from "chai";
import fc from "fast-check";

import type { GroupStep } from "../../../students/acts/undo/record";
import { restorationOf, type CurrentGroup } from "../../../students/acts/undo/restoration";

const grown: GroupStep = {
  kind: "group",
  group: "my-group",
  before: { min: 1, desired: 2, max: 2 },
  limits: { min: 3, max: 3 },
  servers: ["i-1", "i-2"],
};

describe("the undo of a group's sizes", () => {
  it("ends the added server, not one of the student's", () => {
    const now = { min: 3, desired: 3, max: 3, servers: ["i-1", "i-2", "i-3"] };
    expect(restorationOf(grown, now)).to.deep.equal({
      sizes: { min: 1, desired: 3 },
      end: ["i-3"],
      desired: undefined,
      max: 2,
    });
  });

  it("continues an undo that was cut off", () => {
    const now = { min: 1, desired: 3, max: 3, servers: ["i-1", "i-2", "i-3"] };
    expect(restorationOf(grown, now)).to.deep.equal({
      sizes: undefined,
      end: ["i-3"],
      desired: undefined,
      max: 2,
    });
  });

  it("starts the servers of a paused group again", () => {
    const paused = { ...grown, limits: { min: 0, max: 2 } };
    expect(restorationOf(paused, { min: 0, desired: 0, max: 2, servers: [] })).to.deep.equal({
      sizes: { min: 1, desired: 2 },
      end: [],
      desired: undefined,
      max: undefined,
    });
  });

  it("leaves a group whose limits a user or a schedule changed meanwhile", () => {
    expect(restorationOf(grown, { min: 2, desired: 3, max: 3, servers: [] })).to.equal(undefined);
    expect(restorationOf(grown, { min: 3, desired: 3, max: 8, servers: [] })).to.equal(undefined);
  });

  it("always leads to the sizes before, and a second undo changes nothing", () => {
    const sizes = fc.record({ min: fc.nat(4), more: fc.nat(4), room: fc.nat(4) });
    fc.assert(
      fc.property(sizes, sizes, fc.nat(9), (first, during, running) => {
        const before = {
          min: first.min,
          desired: first.min + first.more,
          max: first.min + first.more + first.room,
        };
        const max = during.min + during.more + during.room;
        const servers = Array.from({ length: before.desired }, (_, index) => `i-${index}`);
        const step: GroupStep = { ...grown, before, limits: { min: during.min, max }, servers };
        const now: CurrentGroup = {
          min: during.min,
          desired: during.min + during.more,
          max,
          servers: Array.from({ length: running }, (_, index) => `i-${index}`),
        };
        const restoration = restorationOf(step, now);
        if (restoration === undefined) throw new Error("The limits are the act's.");
        const { end, ...rest } = restoration;
        const afterSizes = { min: rest.sizes?.min ?? now.min, desired: rest.sizes?.desired ?? now.desired };
        const after = {
          min: afterSizes.min,
          desired: rest.desired ?? afterSizes.desired - end.length,
          max: rest.max ?? now.max,
          servers: now.servers.filter((id) => !end.includes(id)),
        };
        expect(after).to.include(before);
        expect(end.filter((id) => servers.includes(id))).to.deep.equal([]);
        expect(restorationOf(step, after)).to.deep.equal({
          sizes: undefined,
          end: [],
          desired: undefined,
          max: undefined,
        });
      }),
    );
  });
});
