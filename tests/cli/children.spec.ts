import { expect } from "chai";

import { withDescendants } from "../../cli/children";

describe("the processes that a command started", () => {
  it("are found with all their descendants, and without other processes", () => {
    const parents = new Map([
      [10, 1],
      [11, 10],
      [12, 11],
      [13, 12],
      [20, 1],
      [21, 20],
    ]);
    expect(withDescendants([11], parents)).to.deep.equal([11, 12, 13]);
    expect(withDescendants([10, 12], parents)).to.have.members([10, 11, 12, 13]);
    expect(withDescendants([99], parents)).to.deep.equal([99]);
  });
});
