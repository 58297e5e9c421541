import { expect } from "chai";

import { dueRun, type Timing } from "../../../localAws/clock/schedule";

const at = (text: string) => Date.parse(text);

function timing(given: Partial<Timing>): Timing {
  return {
    expression: "cron(0 9 * * ? *)",
    timeZone: "UTC",
    enabled: true,
    created: at("2026-01-01T00:00:00Z"),
    ...given,
  };
}

describe("dueRun", () => {
  it("returns the planned time of a call that became due", () => {
    const due = dueRun(timing({}), at("2026-03-02T08:59:59Z"), at("2026-03-02T09:00:01Z"));
    expect(due).to.equal(at("2026-03-02T09:00:00Z"));
  });

  it("includes a call at the end of the span, and excludes one at its beginning", () => {
    const nine = at("2026-03-02T09:00:00Z");
    expect(dueRun(timing({}), nine - 1000, nine)).to.equal(nine);
    expect(dueRun(timing({}), nine, nine + 1000)).to.be.undefined;
  });

  it("uses the schedule's time zone", () => {
    const seoul = timing({ timeZone: "Asia/Seoul" });
    const due = dueRun(seoul, at("2026-03-01T23:59:59Z"), at("2026-03-02T00:00:01Z"));
    expect(due).to.equal(at("2026-03-02T00:00:00Z"));
  });

  it("returns only the last of several missed calls", () => {
    const due = dueRun(timing({}), at("2026-03-01T00:00:00Z"), at("2026-03-04T12:00:00Z"));
    expect(due).to.equal(at("2026-03-04T09:00:00Z"));
  });

  it("returns no call of a disabled schedule", () => {
    const off = timing({ enabled: false });
    expect(dueRun(off, at("2026-03-01T00:00:00Z"), at("2026-03-04T12:00:00Z"))).to.be.undefined;
  });

  it("returns no call before the start or after the end", () => {
    const bounded = timing({ start: at("2026-03-02T09:00:00Z"), end: at("2026-03-03T08:59:59Z") });
    expect(dueRun(bounded, at("2026-02-27T00:00:00Z"), at("2026-03-02T08:00:00Z"))).to.be.undefined;
    expect(dueRun(bounded, at("2026-03-02T08:00:00Z"), at("2026-03-09T12:00:00Z"))).to.equal(
      at("2026-03-02T09:00:00Z"),
    );
  });

  it("starts a rate at the creation, with a call at once", () => {
    const created = at("2026-03-02T10:00:30Z");
    const rate = timing({ expression: "rate(5 minutes)", created });
    expect(dueRun(rate, created - 1, created + 1000)).to.equal(created);
    expect(dueRun(rate, created, created + 299_000)).to.be.undefined;
    expect(dueRun(rate, created, created + 301_000)).to.equal(created + 300_000);
  });

  it("returns the one call of at() in local time, and ignores start and end", () => {
    const once = timing({
      expression: "at(2026-03-02T18:00:00)",
      timeZone: "Europe/Berlin",
      end: at("2026-01-02T00:00:00Z"),
    });
    const six = at("2026-03-02T17:00:00Z");
    expect(dueRun(once, six - 1000, six + 1000)).to.equal(six);
    expect(dueRun(once, six, six + 86_400_000)).to.be.undefined;
  });
});
