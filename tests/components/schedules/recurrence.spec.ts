import { expect } from "chai";
import { Cron } from "croner";
import fc from "fast-check";

import { coincidence, isRecurrence, recurrenceRuns } from "../../../components/schedules/recurrence";

const now = new Date("2026-11-30T00:00:00Z");
const at = (recurrence: string, timeZone = "UTC") => ({ recurrence, timeZone });

describe("the recurrence of a scheduled action", () => {
  for (const text of [
    ...[
      "0 8 * * MON-FRI",
      "0,30 10-12 13,15 1-6 2",
      "*/5 * * * *",
      "10-50/10 0-23/2 * JAN,jul sun",
      "59 23 31 12 6",
    ],
    ...["0 0 29 2 *", "0 0 * * 0"],
  ]) {
    it(`may be ${text}`, () => {
      expect(isRecurrence(text)).to.equal(true);
    });
  }

  for (const text of [
    ...["0 8 * *", "0 8 * * * *", "0  8 * *", " 0 8 * * *", "0 8 * * * ", "@daily", "", "a b c d e"],
    ...[
      "60 8 * * *",
      "0 24 * * *",
      "0 8 0 * *",
      "0 8 32 * *",
      "0 8 * 0 *",
      "0 8 * 13 *",
      "0 8 * * 7",
      "0 8 * * MO",
    ],
    ...[
      "0 8 * FEBRUARY *",
      "0 8 ? * MON",
      "0 8 L * *",
      "0 8 15W * *",
      "0 8 * * FRI#2",
      "0 20-8 * * *",
      "0 8 * * FRI-MON",
    ],
    ...[
      "5/10 * * * *",
      "*/0 * * * *",
      "*/61 * * * *",
      "0 8 1, * *",
      "-5 8 * * *",
      "0 8 1-2-3 * *",
      "0 8 */2/2 * *",
    ],
    ...["0 8 30 2 *", "cron(0 8 * * ? *)"],
  ]) {
    it(`may not be ${JSON.stringify(text)}`, () => {
      expect(isRecurrence(text)).to.equal(false);
    });
  }

  it("may not start at the same time as another one of the group", () => {
    expect(coincidence(at("0 8 * * *"), at("0 9 * * *"), now)).to.equal(undefined);
    expect(coincidence(at("0 8 * * *"), at("0,30 6-9 * * 1"), now)).to.equal("2026-11-30 at 08:00 UTC");
    expect(coincidence(at("0 8 * * SAT"), at("0 8 * * SUN"), now)).to.equal(undefined);
    expect(coincidence(at("0 8 1 1 *"), at("0 8 * 2 *"), now)).to.equal(undefined);
    expect(coincidence(at("*/20 8 29 2 *"), at("40 8 * FEB TUE"), now)).to.equal("2028-02-29 at 08:40 UTC");
    // When day of month and day of week are both restricted, a match of one is enough.
    expect(coincidence(at("0 8 13 * FRI"), at("0 8 13 12 *"), now)).to.equal("2026-12-13 at 08:00 UTC");
  });

  it("is compared in real time between zones", () => {
    const morning = at("0 9 * * *", "Asia/Seoul");
    expect(coincidence(morning, at("0 0 * * *"), now)).to.equal("2026-12-01T00:00:00.000Z");
    expect(coincidence(morning, at("0 9 * * *"), now)).to.equal(undefined);
  });

  it("runs when an independent cron library says", () => {
    // The library counts */2 in a day field as a restriction of the day, cron counts it as *.
    const field = (min: number, max: number, star: string) =>
      fc.oneof(
        fc.constant("*"),
        fc.integer({ min, max }).map(String),
        fc
          .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
          .map(([one, other]) => `${String(Math.min(one, other))}-${String(Math.max(one, other))}`),
        fc.integer({ min: 1, max: max - min }).map((step) => `${star}/${String(step)}`),
      );
    const recurrences = fc
      .tuple(
        field(0, 59, "*"),
        field(0, 23, "*"),
        field(1, 28, "1-28"),
        field(1, 12, "*"),
        field(0, 6, "0-6"),
      )
      .map((fields) => fields.join(" "));
    fc.assert(
      fc.property(
        recurrences,
        fc.date({ min: now, max: new Date("2030-01-01"), noInvalidDate: true }),
        (text, from) => {
          const other = new Cron(text, { paused: true, timezone: "Asia/Seoul" });
          expect(recurrenceRuns(at(text, "Asia/Seoul"), from, 3)).to.deep.equal(other.nextRuns(3, from));
        },
      ),
    );
  });

  it("does not run when it is no recurrence", () => {
    expect(recurrenceRuns(at("0 8 L * *"), now, 1)).to.deep.equal([]);
    expect(recurrenceRuns(at("0 8 30 2 *"), now, 1)).to.deep.equal([]);
  });
});
