import { expect } from "chai";

import { datapointsOf, type Sample } from "../../../localAws/clock/alarmDatapoints";
import { evaluate, rangeOf } from "../../../localAws/clock/alarmEvaluation";
import type { Rule } from "../../../localAws/clock/alarmReason";

const start = Date.parse("2026-03-02T09:00:00Z");
const minute = 60_000;

const rule: Rule = {
  comparison: "GreaterThanThreshold",
  threshold: 80,
  evaluationPeriods: 3,
  datapointsToAlarm: undefined,
  treatMissingData: "missing",
};

/** One value a minute, oldest first; undefined for a minute without one. */
function minutes(...values: readonly (number | undefined)[]) {
  return values.map((value, index) => ({ at: start + index * minute, value })).reverse();
}

const stateOf = (given: Partial<Rule>, ...values: readonly (number | undefined)[]) =>
  evaluate({ ...rule, ...given }, minutes(...values))?.state;

describe("the evaluation of an alarm", () => {
  it("alarms when all evaluation periods breach, and is OK when one does not", () => {
    expect(stateOf({}, 10, 20, 81, 82, 83)).to.equal("ALARM");
    expect(stateOf({}, 90, 90, 81, 80, 83)).to.equal("OK");
  });

  it("needs only the datapoints to alarm", () => {
    expect(stateOf({ datapointsToAlarm: 2 }, 10, 20, 81, 10, 83)).to.equal("ALARM");
    expect(stateOf({ datapointsToAlarm: 2 }, 90, 90, 81, 10, 10)).to.equal("OK");
  });

  it("ignores missing values while the range has enough others", () => {
    for (const treatMissingData of ["breaching", "notBreaching", "ignore", "missing"] as const) {
      expect(stateOf({ treatMissingData }, 10, 90, undefined, 90, 90), treatMissingData).to.equal("ALARM");
      expect(stateOf({ treatMissingData }, 10, undefined, 90, undefined, 90), treatMissingData).to.equal(
        "OK",
      );
    }
  });

  /** The table in CloudWatch's documents, for 3 of 3: X breaches, 0 does not, - is missing. */
  const table: Readonly<Record<string, readonly (string | undefined)[]>> = {
    "- - - - -": ["INSUFFICIENT_DATA", undefined, "ALARM", "OK"],
    "0 - - - -": ["OK", "OK", "OK", "OK"],
    "- - - - 0": ["OK", "OK", "OK", "OK"],
    "- - X - -": ["ALARM", undefined, "ALARM", "OK"],
    // Too young for an alarm: the next values may not breach.
    "- - - - X": [undefined, undefined, "ALARM", "OK"],
    "- - - X X": [undefined, undefined, "ALARM", "OK"],
  };
  for (const [row, [missing, ignore, breaching, notBreaching]] of Object.entries(table)) {
    it(`fills ${row} as CloudWatch does`, () => {
      const values = row.split(" ").map((each) => ({ X: 90, "0": 10 })[each]);
      const found = (["missing", "ignore", "breaching", "notBreaching"] as const).map((treatMissingData) =>
        stateOf({ treatMissingData }, ...values),
      );
      expect(found).to.deep.equal([missing, ignore, breaching, notBreaching]);
    });
  }

  const reasonOf = (given: Partial<Rule>, ...values: readonly (number | undefined)[]) =>
    evaluate({ ...rule, ...given }, minutes(...values))?.reason;

  it("gives the reason in CloudWatch's words", () => {
    expect(reasonOf({}, 10, 20, 81, 82.5, 83)).to.equal(
      "Threshold Crossed: 3 datapoints [83.0 (02/03/26 09:04:00), 82.5 (02/03/26 09:03:00), " +
        "81.0 (02/03/26 09:02:00)] were greater than the threshold (80.0).",
    );
    expect(reasonOf({}, 10, 20, 81, 82, 79)).to.equal(
      "Threshold Crossed: 1 datapoint [79.0 (02/03/26 09:04:00)] was not greater than the threshold (80.0).",
    );
    expect(reasonOf({ datapointsToAlarm: 2 }, 10, 20, 81, 10, 83)).to.equal(
      "Threshold Crossed: 2 out of the last 3 datapoints [83.0 (02/03/26 09:04:00), 81.0 (02/03/26 09:02:00)] " +
        "were greater than the threshold (80.0) (minimum 2 datapoints for OK -> ALARM transition).",
    );
    const none = [undefined, undefined, undefined, undefined, undefined];
    expect(reasonOf({}, ...none)).to.equal("Insufficient Data: 3 datapoints were unknown.");
    expect(reasonOf({ evaluationPeriods: 1, treatMissingData: "breaching" }, ...none.slice(2))).to.equal(
      "Threshold Crossed: no datapoints were received for 1 period and " +
        "1 missing datapoint was treated as [Breaching].",
    );
    expect(
      reasonOf({ treatMissingData: "notBreaching", datapointsToAlarm: 1 }, ...none.slice(1), 90),
    ).to.equal(
      "Threshold Crossed: 1 out of the last 3 datapoints [90.0 (02/03/26 09:04:00)] was greater than the " +
        "threshold (80.0) and 2 missing datapoints were treated as [NonBreaching] " +
        "(minimum 1 datapoint for OK -> ALARM transition).",
    );
  });
});

describe("the datapoints of an alarm", () => {
  /** A value every two seconds. */
  const samples = (seconds: number, valueAt: (second: number) => number): readonly Sample[] =>
    Array.from({ length: seconds / 2 }, (_, index) => ({
      at: start + index * 2000,
      value: valueAt(index * 2),
    }));
  const periods = { statistic: "Average", milliseconds: minute, count: rangeOf(rule) } as const;

  it("are averages of periods that end at the newest sample, the newest first", () => {
    const found = datapointsOf(
      samples(200, (second) => (second < 100 ? 0 : 100)),
      periods,
      start + 199_000,
    );
    expect(found.map(({ value }) => value)).to.deep.equal([100, 100, 50, 0, 0]);
  });

  it("make three periods of a load within two minutes, and not in less", () => {
    const loaded = samples(300, (second) => (second < 100 ? 5 : 100));
    const at = (second: number) =>
      evaluate(
        rule,
        datapointsOf(
          loaded.filter((sample) => sample.at <= start + second * 1000),
          periods,
          start + second * 1000,
        ),
      )?.state;
    expect(at(100 + 110)).to.equal("OK");
    expect(at(100 + 122)).to.equal("ALARM");
  });

  it("have at least two measurements of a server in the newest period, at the fast pace, too", () => {
    const dipped = samples(30, (second) => (second === 28 ? 70 : 100));
    const fast = { ...periods, milliseconds: 5000 };
    const [newest] = datapointsOf(dipped, fast, start + 28_500);
    expect(newest?.value).to.equal(85);
  });

  it("are missing once the metric has stopped for a period", () => {
    const loaded = samples(300, () => 100);
    const values = (second: number) =>
      datapointsOf(loaded, periods, start + second * 1000).map(({ value }) => value);
    expect(values(357)).to.deep.equal([100, 100, 100, 100, 100]);
    expect(values(360)).to.deep.equal([undefined, 100, 100, 100, 100]);
  });

  it("have whole periods of a sum", () => {
    const sums = datapointsOf(
      samples(180, () => 1),
      { ...periods, statistic: "Sum", count: 2 },
      start + 179_000,
    );
    expect(sums.map(({ value }) => value)).to.deep.equal([30, 30]);
  });

  it("have the extremes of a period", () => {
    const found = (statistic: "Maximum" | "Minimum") =>
      datapointsOf(
        samples(60, (second) => second),
        { ...periods, statistic, count: 1 },
        start + 59_000,
      )[0]?.value;
    expect(found("Maximum")).to.equal(58);
    expect(found("Minimum")).to.equal(50);
  });
});
