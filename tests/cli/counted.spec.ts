import { expect } from "chai";

import { counted } from "../../cli/counted";

describe("a number with its unit", () => {
  it("is singular for 1 only", () => {
    const texts = [0, 1, 2, 1.5, -1].map((count) => counted(count, "second"));
    expect(texts).to.deep.equal(["0 seconds", "1 second", "2 seconds", "1.5 seconds", "-1 seconds"]);
    expect(counted(2, "policy", "policies")).to.equal("2 policies");
  });
});
