import { expect } from "chai";

import { atProblem, cronProblem, rateProblem } from "../../../policies/support/schedule";

const now = new Date("2026-06-15T12:00:00Z");

describe("schedules", () => {
  it("reads at(…) as local time in its zone", () => {
    // It is 21:00 in Seoul, 08:00 in New York.
    expect(atProblem("2026-06-15T21:00:01", "Asia/Seoul", now)).to.equal(undefined);
    expect(atProblem("2026-06-15T21:00:00", "Asia/Seoul", now)).to.equal("a time in the future");
    expect(atProblem("2026-06-15T08:00:01", "America/New_York", now)).to.equal(undefined);
    expect(atProblem("2026-06-15T08:00:00", "America/New_York", now)).to.equal("a time in the future");
  });

  it("accepts at(…) only in its own form", () => {
    for (const time of [
      "2030-01-31",
      "x2030-01-31T09:00:00",
      "2030-01-31T09:00:00Z",
      "2030-01-31 09:00:00",
    ]) {
      expect(atProblem(time, "UTC", now), time).to.equal("a local time, e.g. at(2030-01-31T09:00:00)");
    }
  });

  it("accepts blanks around a cron expression and between its fields", async () => {
    expect(await cronProblem(" 0  9 ? * MON  * ", "UTC", "aws", now)).to.equal(undefined);
    expect(await cronProblem(" 0  9 * * 1 ", "UTC", "unix", now)).to.equal(undefined);
    expect(await cronProblem("0 9 * * 1 2026", "UTC", "unix", now)).to.equal("5 fields, not 6");
    expect(await cronProblem("0 9 ? * 1", "UTC", "aws", now)).to.equal("6 fields, not 5");
  });

  it("reads a cron expression as local time in its zone", async () => {
    // It is 21:00 in Seoul on the 15th; this year has no later 15 June.
    expect(await cronProblem("1 21 15 6 ? 2026", "Asia/Seoul", "aws", now)).to.equal(undefined);
    expect(await cronProblem("59 20 15 6 ? 2026", "Asia/Seoul", "aws", now)).to.be.a("string");
    expect(await cronProblem("1 12 15 6 ? 2026", "Mars/Olympus", "aws", now)).to.equal(undefined);
  });

  it("uses UTC if the zone does not exist", () => {
    expect(atProblem("2026-06-15T12:00:01", "Mars/Olympus", now)).to.equal(undefined);
  });

  it("counts weekdays as each service", async () => {
    // The 14th was a Sunday: 1 to AWS, 0 to unix. Only a Monday the 15th follows this year.
    expect(await cronProblem("0 23 ? 6 1#2 2026", "UTC", "aws", now)).to.equal(
      "a schedule with a run time in the future",
    );
    expect(await cronProblem("0 23 ? 6 2#3 2026", "UTC", "aws", now)).to.equal(undefined);
    expect(await cronProblem("0 0 * * 0", "UTC", "unix", now)).to.equal(undefined);
  });

  it("states what is wrong with a field", async () => {
    expect(await cronProblem("61 9 ? * MON *", "UTC", "aws", now)).to.match(/^a cron expression \(.*61/);
    expect(await cronProblem("0 9 ? * FOO *", "UTC", "aws", now)).to.match(/^a cron expression \(.*FOO/);
  });

  it("accepts rates of one and of many", () => {
    for (const rate of ["1 minute", "5 minutes", "1 hour", "12 hours", "1 day", "30 days"]) {
      expect(rateProblem(rate)).to.equal(undefined);
    }
    for (const rate of [
      "5 minutes!",
      "x 5 minutes",
      "0 days",
      "1.5 hours",
      "-1 days",
      "1 week",
      "1  day",
      "",
    ]) {
      expect(rateProblem(rate)).to.be.a("string");
    }
  });
});
