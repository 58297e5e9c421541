import { expect } from "chai";

import { statusOf, useOf, type Limits, type Level } from "../../../students/guard/budget";
import { toStop } from "../../../students/guard/stop";
import type { Resource } from "../../../students/inventory/resource";

const now = new Date("2026-12-20T09:00:00Z");
const server: Resource = {
  kind: "server",
  id: "i-1",
  detail: "",
  tags: {},
  createdAt: now,
  dollarsPerHour: 1,
  running: true,
  uses: [],
};
const levelOf = (dollars: number, limits: Partial<Limits>, running: readonly Resource[] = [server]) =>
  useOf(
    { dollars, dollarsPerHour: 1 },
    { budgetDollars: undefined, endsAt: undefined, ...limits },
    running,
    now,
  ).level;

describe("a student's use of the budget", () => {
  it("is a warning from 50 and from 80 %, and over the limit from 100 %", () => {
    for (const [dollars, level] of [
      [0, "ok"],
      [24.99, "ok"],
      [25, "half"],
      [39.99, "half"],
      [40, "near"],
      [49.99, "near"],
      [50, "over"],
      [500, "over"],
    ] as const) {
      expect(levelOf(dollars, { budgetDollars: 50 }), String(dollars)).to.equal(level);
    }
  });

  it("is over the limit at the end, by whichever offset from UTC", () => {
    expect(levelOf(0, { endsAt: "2026-12-20T18:00:00+09:00" })).to.equal("over");
    expect(levelOf(0, { endsAt: "2026-12-20T18:00:01+09:00" })).to.equal("near");
    expect(levelOf(0, { endsAt: "2026-12-21T18:00:01+09:00" })).to.equal("ok");
  });

  it("is paused when nothing runs that a pause would stop", () => {
    expect(levelOf(50, { budgetDollars: 50 }, [])).to.equal("paused");
    expect(levelOf(0, { endsAt: "2026-12-20T08:00:00Z" }, [])).to.equal("paused");
  });

  it("has no limit without a budget and an end", () => {
    expect(levelOf(1e9, {})).to.equal("ok");
  });

  it("states how long the rest lasts", () => {
    const limits = { budgetDollars: 50, endsAt: undefined };
    expect(useOf({ dollars: 26, dollarsPerHour: 0.5 }, limits, [], now).daysLeft).to.equal(2);
    expect(useOf({ dollars: 60, dollarsPerHour: 0.5 }, limits, [], now).daysLeft).to.equal(0);
    expect(useOf({ dollars: 26, dollarsPerHour: 0 }, limits, [], now).daysLeft).to.equal(undefined);
  });

  it("decides the exit status for a schedule", () => {
    const fresh = (...levels: readonly Level[]) => levels.map((level) => ({ level, isNew: true }));
    const known = (...levels: readonly Level[]) => levels.map((level) => ({ level, isNew: false }));
    expect(statusOf(fresh("ok", "ok"))).to.equal(0);
    expect(statusOf(fresh("ok", "half"))).to.equal(3);
    expect(statusOf(fresh("paused", "ok"))).to.equal(3);
    expect(statusOf(fresh("near", "over"))).to.equal(4);
    expect(statusOf(known("half", "near", "paused"))).to.equal(0);
    expect(statusOf([...known("half"), ...fresh("near")])).to.equal(3);
    expect(statusOf(known("over"))).to.equal(4);
  });
});

describe("what a pause stops", () => {
  it("is a group instead of its servers, and what runs by itself", () => {
    const group: Resource = { ...server, kind: "group", id: "fleet" };
    const own = [group, { ...server, goesWith: "fleet" }, { ...server, id: "i-2" }];
    expect(toStop(own).map(({ id }) => id)).to.deep.equal(["fleet", "i-2"]);
  });

  it("is a server whose group is another student's", () => {
    expect(toStop([{ ...server, goesWith: "theirs" }]).map(({ id }) => id)).to.deep.equal(["i-1"]);
  });

  it("is nothing that is stopped", () => {
    expect(toStop([{ ...server, running: false }])).to.deep.equal([]);
  });
});
