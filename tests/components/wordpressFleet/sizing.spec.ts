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
  it("does not reset a size that schedules, load or users may change", () => {
    expect(planSizing(settings).enforced).to.equal(false);
    expect(planSizing({ ...settings, sizing: "manual" }).enforced).to.equal(false);
  });

  it("enforces a fixed size", () => {
    expect(planSizing({ ...settings, sizing: "fixed" }).enforced).to.equal(true);
    // A refresh after the end must not start the servers again.
    const endsAt = "2040-12-20T09:00:00Z";
    expect(planSizing({ ...settings, sizing: "fixed", endsAt }).enforced).to.equal(false);
  });

  it("sets all sizes of a paused group to 0, including the maximum, for every sizing", () => {
    for (const sizing of ["fixed", "manual", "automatic"] as const) {
      expect(planSizing({ ...settings, sizing, paused: true })).to.deep.equal({
        minSize: 0,
        maxSize: 0,
        desiredCapacity: 0,
        enforced: true,
        endsAt: undefined,
        schedules: [],
        targetTracking: undefined,
      });
    }
  });
});
