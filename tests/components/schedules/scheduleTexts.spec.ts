import { expect } from "chai";

import {
  InvalidScheduleError,
  parseScheduleExpression,
  scheduleExpressionProblem,
} from "../../../components/schedules/scheduleExpression";
import { formatInZone, instantAt, wallTimeAt } from "../../../components/schedules/wallClock";

const cronOf = (text: string) => {
  const parsed = parseScheduleExpression(`cron(${text})`);
  if (parsed.kind !== "cron") throw new Error("no cron");
  return parsed.cron;
};

describe("a schedule's numbers", () => {
  it("accept both ends of their ranges", () => {
    const { minutes, hours, months, years } = cronOf("0,59 0,23 1 1,DEC ? 1970,2199");
    expect([minutes, hours, months, years]).to.deep.equal([
      [0, 59],
      [0, 23],
      [1, 12],
      [1970, 2199],
    ]);
  });

  it("accept steps: over the whole range, from a start, within a range", () => {
    expect(cronOf("0/59 0/1 1 * ? *").minutes).to.deep.equal([0, 59]);
    expect(cronOf("0/59 0/1 1 * ? *").hours).to.have.length(24);
    expect(cronOf("5/20 8-18/5 1 * ? *")).to.deep.include({ minutes: [5, 25, 45], hours: [8, 13, 18] });
    expect(cronOf("0 0 1 2/5 ? *").months).to.deep.equal([2, 7, 12]);
    expect(cronOf("0 0 1 1/11 ? *").months).to.deep.equal([1, 12]);
  });

  it("accept names in any case", () => {
    expect(cronOf("0 9 ? Jan-mar Wed-Fri *")).to.deep.include({
      months: [1, 2, 3],
      days: { kind: "daysOfWeek", days: [3, 4, 5] },
    });
    expect(cronOf("0 9 ? * mon#2 *").days).to.deep.equal({ kind: "nthDayOfWeek", dayOfWeek: 1, nth: 2 });
    expect(cronOf("0 9 ? * friL *").days).to.deep.equal({ kind: "lastDayOfWeek", dayOfWeek: 5 });
  });

  it("accept ranges that wrap around, also with steps", () => {
    expect(cronOf("0 9 ? * SAT-SUN *").days).to.deep.equal({ kind: "daysOfWeek", days: [0, 6] });
    expect(cronOf("0 9 ? * FRI-MON *").days).to.deep.equal({ kind: "daysOfWeek", days: [0, 1, 5, 6] });
    expect(cronOf("0 22-2 ? NOV-FEB 1 *")).to.deep.include({
      hours: [0, 1, 2, 22, 23],
      months: [1, 2, 11, 12],
    });
    expect(cronOf("50-10/7 9 30-2 * ? *")).to.deep.include({
      minutes: [4, 50, 57],
      days: { kind: "daysOfMonth", days: [1, 2, 30, 31] },
    });
  });

  it("accept several spaces between and around them", () => {
    expect(cronOf(" 5   9 1  * ?  * ")).to.deep.include({ minutes: [5], hours: [9] });
  });

  it("accept rates in singular and plural", () => {
    const rate = (text: string) => parseScheduleExpression(`rate(${text})`);
    expect(rate("1 minute")).to.deep.equal({ kind: "rate", everyMilliseconds: 60_000 });
    expect(rate("90 minutes")).to.deep.equal({ kind: "rate", everyMilliseconds: 5_400_000 });
    expect(rate("12 hours")).to.deep.equal({ kind: "rate", everyMilliseconds: 43_200_000 });
    expect(rate("30 days")).to.deep.equal({ kind: "rate", everyMilliseconds: 2_592_000_000 });
  });

  for (const wrong of [
    "cron(12345 9 1 * ? *)",
    "cron(x5 9 1 * ? *)",
    "cron(5x 9 1 * ? *)",
    "cron(0/5x 9 1 * ? *)",
    "cron(a/0/5 9 1 * ? *)",
    "cron(1-2-3 9 1 * ? *)",
    "cron(-5 9 1 * ? *)",
    "cron(5- 9 1 * ? *)",
    "cron(0 0 1 1/12 ? *)",
    "cron(0 9 15Wx * ? *)",
    "cron(0 9 W * ? *)",
    "cron(0 9 x15W * ? *)",
    "my cron(0 9 1 * ? *)",
    "cron(0 9 1 * ? *) or so",
    "at(on 2026-12-31T18:00:00)",
    "at(2026-12-31T18:00:00.5)",
    "rate(5 minutes or so)",
    "rate(about 5 minutes)",
    "rate()",
    "cron()",
    "",
  ]) {
    it(`are refused in ${JSON.stringify(wrong)}`, () => {
      expect(scheduleExpressionProblem(wrong)).to.be.a("string");
    });
  }
});

describe("the message about a wrong schedule", () => {
  for (const [wrong, allowed] of [
    [
      "daily",
      "schedule: at(2026-12-31T18:00:00), rate(15 minutes) or cron(minutes hours day-of-month month day-of-week year), in lower case (daily is not)",
    ],
    ["at(noon)", "at: a date and time that exist, as yyyy-mm-ddThh:mm:ss, without an offset (noon is not)"],
    [
      "rate(2 weeks)",
      "rate: a whole number of 1 or more, one space, and minutes, hours or days (minute, hour or day after 1) (2 weeks is not)",
    ],
    [
      "cron(0 9 1 *)",
      "cron: six fields: minutes hours day-of-month month day-of-week year, not 4 (0 9 1 * is not)",
    ],
    [
      "cron(60 9 1 * ? *)",
      "minutes: 0 to 59, low-high, lists with commas, start/step with a step of 1 to 59, or * (60 is not)",
    ],
    [
      "cron(0 9 1 MAI ? *)",
      "month: 1 to 12 or JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC, low-high, lists with commas, start/step with a step of 1 to 11, or * (MAI is not)",
    ],
    [
      "cron(0 9 32 * ? *)",
      "day-of-month: 1 to 31, low-high, lists with commas, start/step with a step of 1 to 30, or *; or alone: L (last day), L-3 (three days before it), LW (last working day), 15W (working day nearest the 15th) (32 is not)",
    ],
    [
      "cron(0 9 ? * 8 *)",
      "day-of-week: 1 to 7 or SUN MON TUE WED THU FRI SAT, low-high, lists with commas, or *; or alone: L (Saturday), 6L (last Friday of the month), 3#2 (second Tuesday, up to #5) (8 is not)",
    ],
    [
      "cron(0 9 1 * 1 *)",
      "day-of-month and day-of-week: ? in exactly one of the two, and the days in the other (1 and 1 is not)",
    ],
    [
      "cron(0 9 30 2 ? *)",
      "day-of-month, month, day-of-week and year: a day that one of these months has in one of these years; this date never occurs (0 9 30 2 ? * is not)",
    ],
  ] as const) {
    it(`names what is allowed instead of ${wrong}`, () => {
      expect(scheduleExpressionProblem(wrong)).to.equal(allowed);
    });
  }

  it("names each of several mistakes", () => {
    expect(scheduleExpressionProblem("cron(60 24 1 * ? *)")?.split("; ")).to.have.length(2);
    expect(() => parseScheduleExpression("cron(60 24 1 * ? *)"))
      .to.throw(
        InvalidScheduleError,
        '"cron(60 24 1 * ? *)" is not a schedule:\n  minutes: "60" - allowed: 0 to 59',
      )
      .with.property("name", "InvalidScheduleError");
  });
});

describe("the local time of a zone", () => {
  const instant = Date.parse("2026-01-05T00:00:00Z");

  it("is ahead of or behind UTC by hours, half hours and, in the past, seconds", () => {
    expect(formatInZone(instant, "Asia/Seoul")).to.equal("2026-01-05T09:00:00+09:00");
    expect(formatInZone(instant, "America/St_Johns")).to.equal("2026-01-04T20:30:00-03:30");
    expect(formatInZone(instant, "UTC")).to.equal("2026-01-05T00:00:00+00:00");
    const longAgo = Date.parse("1880-01-01T00:00:00Z");
    const sunTime = (4 * 60 + 56) * 60 + 2;
    expect(wallTimeAt(longAgo, "America/New_York") - longAgo).to.equal(-sunTime * 1_000);
  });

  it("has repeated and skipped times", () => {
    const at = (wallTime: string) => instantAt(Date.parse(`${wallTime}Z`), "Europe/Berlin");
    expect(at("2026-10-25T02:30:00")).to.equal(Date.parse("2026-10-25T00:30:00Z"));
    expect(at("2026-03-29T02:30:00")).to.equal(undefined);
    expect(at("2026-03-29T03:00:00")).to.equal(Date.parse("2026-03-29T01:00:00Z"));
  });
});
