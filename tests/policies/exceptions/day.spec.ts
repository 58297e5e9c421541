import { expect } from "chai";

import { dayOf, daysBetween, daysLater, isDay, today } from "../../../policies/exceptions/day";

describe("a day", () => {
  it("is one that the calendar has", () => {
    for (const day of ["2026-12-31", "2028-02-29"]) expect(isDay(day), day).to.equal(true);
    for (const day of [
      "2026-02-29",
      "2026-13-01",
      "02026-12-31",
      "2026-12-310",
      "2026-1-1",
      "31.12.2026",
      "",
      20261231,
      null,
      undefined,
    ]) {
      expect(isDay(day), String(day)).to.equal(false);
    }
  });

  it("is today's", () => {
    const [before, now, after] = [dayOf(new Date()), today(), dayOf(new Date())];
    expect([before, after]).to.include(now);
  });

  it("ends at midnight in UTC", () => {
    expect(dayOf(new Date("2026-12-31T23:59:59Z"))).to.equal("2026-12-31");
    expect(dayOf(new Date("2027-01-01T08:00:00+09:00"))).to.equal("2026-12-31");
  });

  it("is counted over the end of a year", () => {
    expect(daysBetween("2026-12-31", "2027-01-02")).to.equal(2);
    expect(daysBetween("2027-01-02", "2026-12-31")).to.equal(-2);
    expect(daysLater("2026-12-31", 60)).to.equal("2027-03-01");
  });
});
