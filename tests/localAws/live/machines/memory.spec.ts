import { expect } from "chai";

import { memoryOf } from "../../../../localAws/live/machines/memory";

describe("the memory of machines", () => {
  it("is that of the instance type", () => {
    expect(memoryOf("t4g.small")).to.equal(2_048);
    expect(memoryOf("m7i.metal-24xl")).to.equal(32_768);
  });
});
