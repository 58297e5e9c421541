import { expect } from "chai";
import { z } from "zod";

import { byHand } from "./byHand";
import { allCases } from "./cases";
import { otherValues } from "./generate";
import { allSettings, localSettings } from "./settings";

describe("the matrix of changes", () => {
  it("changes every setting", () => {
    const changed = new Set(allCases(localSettings()).map(({ setting }) => setting));
    expect([...changed]).to.deep.equal([...allSettings().keys()]);
  });

  it("has values by hand only for settings", () => {
    const settings = new Set(allSettings().keys());
    expect(Object.keys(byHand).filter((path) => !settings.has(path))).to.deep.equal([]);
  });

  it("generates the other words, the other flag, and a number's bounds and neighbour", () => {
    expect(otherValues(z.enum(["a", "b", "c"]).default("a"), "a")).to.deep.equal(["b", "c"]);
    expect(otherValues(z.boolean().default(true), true)).to.deep.equal([false]);
    expect(otherValues(z.int().min(1).max(9), 3)).to.deep.equal([1, 4, 9]);
    expect(otherValues(z.int().min(1).max(9).optional(), undefined)).to.deep.equal([1, 9]);
    expect(otherValues(z.literal([1, 3, 5, 7]), 3)).to.deep.equal([1, 7]);
    expect(otherValues(z.string(), "a")).to.deep.equal([]);
  });
});
