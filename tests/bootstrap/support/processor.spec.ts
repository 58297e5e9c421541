import { expect } from "chai";

import { processorUse } from "./processor";

describe("the use of the processors", () => {
  it("is divided into the namespace's own and that of others", () => {
    const use = processorUse({ own: 1, busy: 10, total: 20 }, { own: 3, busy: 17, total: 30 });
    expect(use).to.deep.equal({ ownSeconds: 2, othersShare: 0.5 });
  });

  it("is 0 when no time has passed", () => {
    const now = { own: 1, busy: 10, total: 20 };
    expect(processorUse(now, now)).to.deep.equal({ ownSeconds: 0, othersShare: 0 });
  });

  it("is never negative when a process ended between two readings", () => {
    const use = processorUse({ own: 5, busy: 10, total: 20 }, { own: 4, busy: 11, total: 22 });
    expect(use).to.deep.equal({ ownSeconds: 0, othersShare: 0.5 });
  });
});
