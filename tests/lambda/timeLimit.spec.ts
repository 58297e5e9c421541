import { expect } from "chai";
import { once } from "node:events";

import { timeLimitOf } from "../../lambda/timeLimit";

describe("the time limit of an invocation", () => {
  it("has passed when the time left is what the report needs", async () => {
    for (const left of [0, 100, 500]) {
      const limit = timeLimitOf({ getRemainingTimeInMillis: () => left });
      if (!limit.aborted) await once(limit, "abort");
      expect(limit.aborted).to.equal(true);
    }
  });

  it("passes half a second before the function's time ends", async () => {
    const limit = timeLimitOf({ getRemainingTimeInMillis: () => 700 });
    expect(limit.aborted).to.equal(false);
    const begin = performance.now();
    await once(limit, "abort");
    expect(performance.now() - begin).to.be.at.least(190);
  });
});
