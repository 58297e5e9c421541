import { expect } from "chai";

import { planSizing, type SizingSettings } from "../../../components/wordpressFleet/sizing";

const settings: SizingSettings = {
  capacity: { min: 1, desired: 2, max: 3 },
  sizing: "automatic",
  paused: false,
  schedules: [],
  targetTracking: { cpuPercent: 80, scaleIn: true },
};

describe("planSizing", () => {
  it("lets the desired number move where a person or AWS may move it", () => {
    expect(planSizing(settings).desiredMayMove).to.equal(true);
    expect(planSizing({ ...settings, sizing: "manual" }).desiredMayMove).to.equal(true);
  });

  it("puts the desired number back where it is fixed", () => {
    expect(planSizing({ ...settings, sizing: "fixed" }).desiredMayMove).to.equal(false);
  });

  it("holds a paused group at nothing, whatever its sizing, its maximum too", () => {
    for (const sizing of ["fixed", "manual", "automatic"] as const) {
      expect(planSizing({ ...settings, sizing, paused: true })).to.deep.equal({
        minSize: 0,
        maxSize: 0,
        desiredCapacity: 0,
        desiredMayMove: false,
        schedules: [],
        targetTracking: undefined,
      });
    }
  });
});
