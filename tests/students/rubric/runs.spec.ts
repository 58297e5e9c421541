import { expect } from "chai";

import { localTime, runsInYear } from "../../../students/rubric/runs";

const from = Date.parse("2026-11-30T12:00:00Z");
const runs = (expression: string, timeZone: string) => runsInYear({ expression, timeZone }, from);

describe("the runs of a schedule in a year", () => {
  it("are the same for a local time and its time in UTC, in a time zone without summer time", () => {
    expect(runs("cron(0 0 ? * MON-FRI *)", "UTC")).to.deep.equal(
      runs("cron(0 9 ? * MON-FRI *)", "Asia/Seoul"),
    );
    // 08:00 on Monday in Seoul is 23:00 on Sunday in UTC.
    const early = runs("cron(0 8 ? * MON-FRI *)", "Asia/Seoul");
    expect(runs("cron(0 23 ? * SUN-THU *)", "UTC")).to.deep.equal(early);
    expect(runs("cron(0 23 ? * MON-FRI *)", "UTC")).to.not.deep.equal(early);
  });

  it("differ in summer for a time in UTC that is right in winter", () => {
    const wanted = runs("cron(0 9 * * ? *)", "America/New_York");
    const inUtc = runs("cron(0 14 * * ? *)", "UTC");
    expect(inUtc[0]).to.equal(wanted[0]);
    expect(inUtc).to.not.deep.equal(wanted);
  });

  it("are those after now only", () => {
    expect(runs("at(2026-11-30T20:59:00)", "Asia/Seoul")).to.deep.equal([]);
    expect(runs("at(2026-11-30T21:01:00)", "Asia/Seoul")).to.have.length(1);
  });

  it("are shown in the time zone of the class", () => {
    expect(localTime(Date.parse("2026-12-01T00:00:00Z"), "Asia/Seoul")).to.equal(
      "2026-12-01 09:00 Asia/Seoul",
    );
  });
});
