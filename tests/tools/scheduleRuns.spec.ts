import { expect } from "chai";

import { listRuns } from "../../tools/scheduleRuns";

const now = Date.parse("2026-01-01T00:00:00Z");

describe("npm run schedule", () => {
  it("lists runs in the zone's time and in UTC", () => {
    const args = ["cron(0 9 ? * MON-FRI *)", "--zone", "Asia/Seoul", "--count", "2"];
    const { text, failed } = listRuns(args, now);
    expect(failed).to.equal(false);
    expect(text.split("\n").slice(1)).to.deep.equal([
      "Fri 2026-01-02T09:00:00+09:00  2026-01-02T00:00:00Z",
      "Mon 2026-01-05T09:00:00+09:00  2026-01-05T00:00:00Z",
      "",
    ]);
  });

  it("prints a JSON array with --json", () => {
    const { text } = listRuns(
      ["cron(30 1 * * ? *)", "--zone", "America/New_York", "--count", "2", "--from", "2026-11-01", "--json"],
      now,
    );
    expect(JSON.parse(text)).to.deep.equal([
      { local: "2026-11-01T01:30:00-04:00", utc: "2026-11-01T05:30:00Z" },
      { local: "2026-11-02T01:30:00-05:00", utc: "2026-11-02T06:30:00Z" },
    ]);
  });

  for (const [form, from] of [
    ["in UTC", "2026-03-01T00:00:00Z"],
    ["with an offset", "2026-02-28T19:00:00-05:00"],
    ["of the zone's clock", "2026-03-01T09:00"],
    ["in the zone's local time, with seconds", "2026-03-01T09:00:00"],
  ] as const) {
    it(`starts after a time ${form}`, () => {
      const { text } = listRuns(["rate(1 hour)", "--zone", "Asia/Seoul", "--from", from, "--json"], now);
      expect(JSON.parse(text)).to.have.deep.nested.property("[0]", {
        local: "2026-03-01T10:00:00+09:00",
        utc: "2026-03-01T01:00:00Z",
      });
    });
  }

  it("lists all problems at once", () => {
    const { text, failed } = listRuns(
      ["cron(0 9 30 2 ? *)", "--zone", "Asia/Soul", "--count", "0", "--from", "2026-02-30"],
      now,
    );
    expect(failed).to.equal(true);
    expect(text)
      .to.contain("this date never occurs")
      .and.contain("--zone Asia/Soul")
      .and.contain("--count 0")
      .and.contain("--from 2026-02-30");
  });

  it("refuses a schedule that never runs again", () => {
    const { text, failed } = listRuns(["cron(0 9 1 1 ? 2020)"], now);
    expect(failed).to.equal(true);
    expect(text).to.contain("never runs after 2026-01-01T00:00:00+00:00 (UTC)");
  });

  for (const [what, args] of [
    ["no expression", []],
    ["two expressions", ["rate(1 day)", "rate(2 days)"]],
    ["an unknown option", ["rate(1 day)", "--time", "9"]],
    ["an option without its value", ["rate(1 day)", "--zone"]],
  ] as const) {
    it(`answers ${what} with its usage`, () => {
      const { text, failed } = listRuns(args, now);
      expect(failed).to.equal(true);
      expect(text).to.contain("usage: npm run schedule");
    });
  }
});
