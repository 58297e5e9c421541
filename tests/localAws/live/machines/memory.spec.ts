import { expect } from "chai";

import { availableMiB, budgetOf, memoryOf } from "../../../../localAws/live/machines/memory";

describe("the memory of machines", () => {
  it("is at most 60 % of what is available", () => {
    expect(availableMiB("MemTotal: 24684232 kB\nMemAvailable:   19454000 kB\n")).to.equal(18_998);
    expect(availableMiB("MemTotal: 1 kB\n")).to.equal(undefined);
    expect(budgetOf(10_000)).to.equal(6_000);
    expect(budgetOf(1_000_000)).to.equal(65_536);
  });

  it("is that of the instance type", () => {
    expect(memoryOf("t4g.small")).to.equal(2_048);
    expect(memoryOf("m7i.metal-24xl")).to.equal(32_768);
  });
});
