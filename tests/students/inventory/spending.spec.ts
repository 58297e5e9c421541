import { expect } from "chai";

import type { Resource } from "../../../students/inventory/resource";
import { costSoFar, observe, spendingOf } from "../../../students/inventory/spending";

const at = (hour: number) => new Date(Date.UTC(2026, 11, 1, hour));

function resource(id: string, more: Partial<Resource> = {}): Resource {
  return {
    kind: "server",
    id,
    detail: "",
    tags: {},
    createdAt: at(0),
    dollarsPerHour: 2,
    running: true,
    uses: [],
    ...more,
  };
}

const dollarsAfter = (before: readonly Resource[], then: number, after: readonly Resource[], now: number) =>
  spendingOf(observe(observe(undefined, before, at(then)), after, at(now)), after).dollars;

describe("what resources have cost", () => {
  it("counts a resource from its creation", () => {
    expect(costSoFar([resource("a"), resource("b", { createdAt: at(3) })], at(5))).to.deep.include({
      dollars: 10 + 4,
      dollarsPerHour: 4,
    });
  });

  it("counts a server from its last start, and keeps what it cost before that", () => {
    expect(costSoFar([resource("a", { costsSince: at(4) })], at(5)).dollars).to.equal(2);
    // It ran for two hours, was stopped at an unknown time, and started again at 8:00.
    expect(dollarsAfter([resource("a")], 2, [resource("a", { costsSince: at(8) })], 9)).to.equal(4 + 2);
  });

  it("keeps the cost of a deleted resource, with half of the time in which it was deleted", () => {
    expect(dollarsAfter([resource("a")], 2, [], 4)).to.equal(4 + 2);
    const ledger = observe(observe(undefined, [resource("a")], at(2)), [], at(4));
    expect(spendingOf(observe(ledger, [], at(8)), []).dollars).to.equal(6);
  });

  it("counts half of the time in which a server was stopped", () => {
    const stopped = resource("a", { dollarsPerHour: 0, running: false });
    expect(dollarsAfter([resource("a")], 2, [stopped], 4)).to.equal(4 + 2);
  });

  it("replaces the estimate for a terminated server by what AWS reports", () => {
    const past = resource("a", { dollarsPerHour: 0, spentDollars: 4.5, running: false });
    expect(dollarsAfter([resource("a")], 2, [past], 9)).to.equal(4.5);
  });

  it("counts a resource without a creation time from its first sight", () => {
    const address = resource("a", { createdAt: undefined });
    expect(costSoFar([address], at(9)).dollars).to.equal(0);
    expect(dollarsAfter([address], 2, [address], 4)).to.equal(4);
    // New since the last run: half of the time counts.
    expect(dollarsAfter([], 2, [address], 4)).to.equal(2);
  });

  it("names what has no price, instead of counting it as free", () => {
    const unknown = resource("big", { dollarsPerHour: undefined });
    expect(costSoFar([unknown, resource("a")], at(1))).to.deep.include({ dollars: 2, unknown: [unknown] });
  });

  it("does not count a clock that was set back", () => {
    expect(dollarsAfter([resource("a")], 4, [resource("a")], 3)).to.equal(8);
  });
});
