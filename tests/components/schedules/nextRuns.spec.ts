import { expect } from "chai";
import { Cron } from "croner";
import fc from "fast-check";

import { nextRuns } from "../../../components/schedules/nextRuns";
import {
  InvalidScheduleError,
  parseScheduleExpression,
  type ScheduleExpression,
} from "../../../components/schedules/scheduleExpression";
import { formatInZone, instantAt, wallTimeAt } from "../../../components/schedules/wallClock";
import { cronSample } from "./cronArbitrary";

/** Zones with clock changes (at different hours, by an hour or half an hour), and zones without. */
const zones = [
  "UTC",
  "Asia/Seoul",
  "Asia/Kathmandu",
  "America/New_York",
  "America/Santiago",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "Asia/Beirut",
  "Africa/Cairo",
  "Pacific/Apia",
];
const zone = fc.constantFrom(...zones);
const instant = fc
  .date({ min: new Date("2015-01-01T00:00:00Z"), max: new Date("2035-01-01T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.getTime());

function runs(expression: string, timeZone: string, from: string, count: number): readonly string[] {
  const options = { timeZone, from: Date.parse(from), count };
  return nextRuns(parseScheduleExpression(expression), options).map((run) => formatInZone(run, timeZone));
}

/** The expression, or `undefined` if it never runs (other tests check that those are refused). */
function parsedIfPossible(expression: string): ScheduleExpression | undefined {
  try {
    return parseScheduleExpression(expression);
  } catch (error) {
    if (error instanceof InvalidScheduleError) return undefined;
    throw error;
  }
}

/**
 * The runs of an independent library, corrected by AWS's rules for clock changes: the library moves a time in the skipped
 * hour to the end of that hour, and runs some expressions twice in the repeated hour.
 */
function othersRuns(croner: string, timeZone: string, from: number, count: number): readonly number[] {
  const other = new Cron(croner, { timezone: timeZone, alternativeWeekdays: true });
  const kept: number[] = [];
  let last = new Date(from);
  while (kept.length < count) {
    const next = other.nextRun(last);
    if (next === null) break;
    last = next;
    const isRepeat = instantAt(wallTimeAt(next.getTime(), timeZone), timeZone) !== next.getTime();
    if (other.match(next) && !isRepeat) kept.push(next.getTime());
  }
  return kept;
}

describe("next runs", () => {
  it("equal those of an independent cron library, in every zone", () => {
    fc.assert(
      fc.property(cronSample, zone, instant, ({ expression, croner }, timeZone, from) => {
        const parsed = parsedIfPossible(expression);
        fc.pre(parsed !== undefined);
        const ours = nextRuns(parsed, { timeZone, from, count: 4 });
        expect(ours.map((run) => formatInZone(run, timeZone))).to.deep.equal(
          othersRuns(croner, timeZone, from, 4).map((run) => formatInZone(run, timeZone)),
        );
      }),
      { numRuns: 400 },
    );
  });

  it("count days from the end of the month", () => {
    expect(runs("cron(0 9 L-3 * ? *)", "UTC", "2027-01-30T00:00:00Z", 3)).to.deep.equal([
      "2027-02-25T09:00:00+00:00",
      "2027-03-28T09:00:00+00:00",
      "2027-04-27T09:00:00+00:00",
    ]);
    // February has no day 29 days before its last one in a common year.
    expect(runs("cron(0 9 L-28 2 ? *)", "UTC", "2027-01-01T00:00:00Z", 1)).to.deep.equal([
      "2028-02-01T09:00:00+00:00",
    ]);
    for (const text of ["L-0", "L-31", "L-", "L-1W"]) {
      expect(parsedIfPossible(`cron(0 9 ${text} * ? *)`), text).to.equal(undefined);
    }
  });

  it("are in order, after the start, and the same for every start between two runs", () => {
    fc.assert(
      fc.property(cronSample, zone, instant, fc.nat(3), ({ expression }, timeZone, from, place) => {
        const parsed = parsedIfPossible(expression);
        fc.pre(parsed !== undefined);
        const all = nextRuns(parsed, { timeZone, from, count: 8 });
        all.forEach((run, index) => {
          expect(run).to.be.greaterThan(all[index - 1] ?? from);
        });
        const start = all[place];
        fc.pre(start !== undefined);
        const rest = nextRuns(parsed, { timeZone, from: start, count: 8 });
        expect(rest.slice(0, 7 - place)).to.deep.equal(all.slice(place + 1));
      }),
    );
  });

  it("have the same local time before and after a clock change", () => {
    expect(runs("cron(0 9 ? * * *)", "Europe/Berlin", "2026-03-28T00:00:00Z", 3)).to.deep.equal([
      "2026-03-28T09:00:00+01:00",
      "2026-03-29T09:00:00+02:00",
      "2026-03-30T09:00:00+02:00",
    ]);
  });

  it("skip a time in the skipped hour of a clock change", () => {
    expect(runs("cron(30 2 * * ? *)", "America/New_York", "2026-03-07T00:00:00Z", 3)).to.deep.equal([
      "2026-03-07T02:30:00-05:00",
      "2026-03-09T02:30:00-04:00",
      "2026-03-10T02:30:00-04:00",
    ]);
    expect(runs("cron(0/30 * * * ? *)", "America/New_York", "2026-03-08T06:00:00Z", 3)).to.deep.equal([
      "2026-03-08T01:30:00-05:00",
      "2026-03-08T03:00:00-04:00",
      "2026-03-08T03:30:00-04:00",
    ]);
  });

  it("occur once in the repeated hour of a clock change, the first time", () => {
    expect(runs("cron(30 1 * * ? *)", "America/New_York", "2026-10-31T12:00:00Z", 2)).to.deep.equal([
      "2026-11-01T01:30:00-04:00",
      "2026-11-02T01:30:00-05:00",
    ]);
    expect(runs("cron(0/30 * * * ? *)", "America/New_York", "2026-11-01T05:00:00Z", 2)).to.deep.equal([
      "2026-11-01T01:30:00-04:00",
      "2026-11-01T02:00:00-05:00",
    ]);
  });

  it("do not occur again if the start is in the second of two equal hours", () => {
    expect(runs("cron(30 1 * * ? *)", "America/New_York", "2026-11-01T06:15:00Z", 1)).to.deep.equal([
      "2026-11-02T01:30:00-05:00",
    ]);
  });

  it("follow a clock change of half an hour, and one at midnight", () => {
    expect(runs("cron(15 2 ? * SUN *)", "Australia/Lord_Howe", "2026-10-01T00:00:00Z", 2)).to.deep.equal([
      "2026-10-11T02:15:00+11:00",
      "2026-10-18T02:15:00+11:00",
    ]);
    expect(runs("cron(0 0 * * ? *)", "Asia/Beirut", "2026-03-27T22:30:00Z", 2)).to.deep.equal([
      "2026-03-30T00:00:00+03:00",
      "2026-03-31T00:00:00+03:00",
    ]);
  });

  it("include 29 February in leap years only, and not in 2100", () => {
    expect(runs("cron(0 0 29 2 ? *)", "UTC", "2092-03-01T00:00:00Z", 3)).to.deep.equal([
      "2096-02-29T00:00:00+00:00",
      "2104-02-29T00:00:00+00:00",
      "2108-02-29T00:00:00+00:00",
    ]);
  });

  it("include the last day of every month, in the zone's calendar", () => {
    expect(runs("cron(0 1 L * ? *)", "Asia/Seoul", "2028-01-01T00:00:00Z", 4)).to.deep.equal([
      "2028-01-31T01:00:00+09:00",
      "2028-02-29T01:00:00+09:00",
      "2028-03-31T01:00:00+09:00",
      "2028-04-30T01:00:00+09:00",
    ]);
  });

  it("include the nearest working day of the same month", () => {
    expect(runs("cron(0 0 1W 8 ? 2026)", "UTC", "2026-01-01T00:00:00Z", 1)).to.deep.equal([
      "2026-08-03T00:00:00+00:00",
    ]);
    expect(runs("cron(0 0 31W 5 ? 2026)", "UTC", "2026-01-01T00:00:00Z", 1)).to.deep.equal([
      "2026-05-29T00:00:00+00:00",
    ]);
  });

  it("end with the last year of the expression", () => {
    expect(runs("cron(0 0 1 1 ? 2026-2027)", "UTC", "2026-06-01T00:00:00Z", 5)).to.deep.equal([
      "2027-01-01T00:00:00+00:00",
    ]);
  });

  it("of a one-time schedule are one, and none if it is in the past or in a skipped hour", () => {
    expect(runs("at(2026-12-31T18:00:00)", "Asia/Seoul", "2026-01-01T00:00:00Z", 5)).to.deep.equal([
      "2026-12-31T18:00:00+09:00",
    ]);
    expect(runs("at(2026-12-31T18:00:00)", "Asia/Seoul", "2026-12-31T09:00:00Z", 5)).to.deep.equal([]);
    expect(runs("at(2026-03-08T02:30:00)", "America/New_York", "2026-01-01T00:00:00Z", 5)).to.deep.equal([]);
  });

  it("of a rate have equal intervals across a clock change", () => {
    expect(runs("rate(1 day)", "America/New_York", "2026-03-07T17:00:00Z", 2)).to.deep.equal([
      "2026-03-08T13:00:00-04:00",
      "2026-03-09T13:00:00-04:00",
    ]);
  });

  it("of a rate count from its start, which is the first run", () => {
    fc.assert(
      fc.property(
        instant,
        fc.nat(10_000_000_000),
        fc.integer({ min: 1, max: 5_000 }),
        (start, later, minutes) => {
          const every = minutes * 60_000;
          const [first] = nextRuns(
            { kind: "rate", everyMilliseconds: every },
            { timeZone: "UTC", from: start + later, count: 1, start },
          );
          expect(((first ?? 0) - start) % every).to.equal(0);
          expect((first ?? 0) - (start + later)).to.be.within(1, every);
        },
      ),
    );
    const justCreated = { timeZone: "UTC", from: -1, count: 2, start: 0 };
    expect(nextRuns({ kind: "rate", everyMilliseconds: 60_000 }, justCreated)).to.deep.equal([0, 60_000]);
  });
});

describe("local time", () => {
  it("converts to its instant and back, except in the second of two equal hours", () => {
    fc.assert(
      fc.property(instant, zone, (time, timeZone) => {
        const back = instantAt(wallTimeAt(time, timeZone), timeZone);
        expect(wallTimeAt(back ?? Number.NaN, timeZone)).to.equal(wallTimeAt(time, timeZone));
        expect(back).to.be.at.most(time);
      }),
    );
  });

  it("has the platform's format", () => {
    fc.assert(
      fc.property(instant, zone, (time, timeZone) => {
        const written = formatInZone(time, timeZone);
        expect(Date.parse(written)).to.equal(Math.floor(time / 1_000) * 1_000);
        const platform = new Date(time).toLocaleString("sv-SE", { timeZone });
        expect(written.slice(0, platform.length).replace("T", " ")).to.equal(platform);
      }),
    );
  });
});
