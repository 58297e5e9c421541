import { expect } from "chai";

import {
  InvalidScheduleError,
  parseScheduleExpression,
  scheduleExpressionProblem,
} from "../../../components/schedules/scheduleExpression";

const never = "day-of-month, month, day-of-week and year";

/** The problems of an expression, as `path: value`. */
function problemsOf(expression: string): readonly string[] {
  try {
    parseScheduleExpression(expression);
  } catch (error) {
    if (!(error instanceof InvalidScheduleError)) throw error;
    return error.problems.map(({ path, value }) => `${path}: ${String(value)}`);
  }
  throw new Error(`${expression} was taken`);
}

describe("a schedule expression", () => {
  for (const expression of [
    "at(2026-12-31T18:00:00)",
    "at(2028-02-29T00:00:00)",
    "rate(1 minute)",
    "rate(1 days)",
    "rate(5 minutes)",
    "cron(0 9 ? * MON-FRI *)",
    "cron(15 10 ? * 6L 2026-2030)",
    "cron(0 8 1 * ? *)",
    "cron(0/15 * * * ? *)",
    "cron(0 0 LW * ? *)",
    "cron(0 0 15W 1,4,JUL-SEP ? *)",
    "cron(0 0 ? * TUE#2 *)",
    "cron(0 0 ? * L *)",
    "cron(0 0 29 2 ? 2100/4)",
  ]) {
    it(`accepts ${expression}`, () => {
      expect(scheduleExpressionProblem(expression)).to.equal(undefined);
    });
  }

  for (const [why, expression, problems] of [
    ["of no known kind", "every(5 minutes)", ["schedule: every(5 minutes)"]],
    ["without its last bracket", "rate(5 minutes", ["schedule: rate(5 minutes"]],
    ["with too few fields", "cron(0 9 ? * MON)", ["cron: 0 9 ? * MON"]],
    ["with too many fields", "cron(0 0 9 ? * MON *)", ["cron: 0 0 9 ? * MON *"]],
    ["with days in both fields", "cron(0 9 1 * MON *)", ["day-of-month and day-of-week: 1 and MON"]],
    ["with * in both fields", "cron(0 9 * * * *)", ["day-of-month and day-of-week: * and *"]],
    ["with ? in both fields", "cron(0 9 ? * ? *)", ["day-of-month and day-of-week: ? and ?"]],
    ["with ? in a field that takes none", "cron(? 9 1 * ? *)", ["minutes: ?"]],
    ["with years that run backwards", "cron(0 9 1 1 ? 2030-2028)", ["year: 2030-2028"]],
    ["with a lower-case wildcard", "cron(0 9 l * ? *)", ["day-of-month: l"]],
    ["with a step of nothing", "cron(0/0 9 1 * ? *)", ["minutes: 0/0"]],
    ["with a step beyond the field", "cron(0/60 9 1 * ? *)", ["minutes: 0/60"]],
    ["with a step where AWS takes none", "cron(0 9 ? * 2/2 *)", ["day-of-week: 2/2"]],
    ["with an empty place in a list", "cron(0,,5 9 1 * ? *)", ["minutes: 0,,5"]],
    ["with a sixth Monday", "cron(0 9 ? * MON#6 *)", ["day-of-week: MON#6"]],
    ["with two nth days", "cron(0 9 ? * 3#1,6#3 *)", ["day-of-week: 3#1,6#3"]],
    ["with a year before AWS's first", "cron(0 9 1 1 ? 1969)", ["year: 1969"]],
    ["of a day that never comes", "cron(0 9 30 2 ? *)", [`${never}: 0 9 30 2 ? *`]],
    ["of a leap day in years without one", "cron(0 9 29 2 ? 2025-2027)", [`${never}: 0 9 29 2 ? 2025-2027`]],
    ["of a fifth Monday where there is none", "cron(0 9 ? 2 MON#5 2026)", [`${never}: 0 9 ? 2 MON#5 2026`]],
    ["of a date that does not exist", "at(2026-02-30T00:00:00)", ["at: 2026-02-30T00:00:00"]],
    ["of a date with an offset", "at(2026-02-20T00:00:00Z)", ["at: 2026-02-20T00:00:00Z"]],
    ["of an hour that does not exist", "at(2026-02-20T24:00:00)", ["at: 2026-02-20T24:00:00"]],
    ["of a rate of nothing", "rate(0 minutes)", ["rate: 0 minutes"]],
    ["of a rate in the wrong number", "rate(5 minute)", ["rate: 5 minute"]],
    ["of a rate in a unit AWS has not", "rate(2 weeks)", ["rate: 2 weeks"]],
    ["of half a rate", "rate(1.5 hours)", ["rate: 1.5 hours"]],
  ] as const) {
    it(`is refused ${why}: ${expression}`, () => {
      expect(problemsOf(expression)).to.deep.equal(problems);
    });
  }

  it("is refused with every problem and what is allowed", () => {
    const expression = "cron(60 24 32 13 8 2200)";
    expect(problemsOf(expression)).to.deep.equal([
      "minutes: 60",
      "hours: 24",
      "day-of-month and day-of-week: 32 and 8",
      "day-of-month: 32",
      "day-of-week: 8",
      "month: 13",
      "year: 2200",
    ]);
    expect(scheduleExpressionProblem(expression))
      .to.contain("hours: 0 to 23")
      .and.contain("month: 1 to 12 or JAN FEB")
      .and.contain("(13 is not)");
    expect(() => parseScheduleExpression(expression)).to.throw(/\n {2}hours: "24" - allowed: 0 to 23/);
  });
});
