import { schedulesCanFire } from "../../../policies/guardrails/rules/schedulesCanFire";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";

const schedule = fixture("aws:scheduler/schedule:Schedule", "launcher", {
  scheduleExpression: "cron(0 9 ? * MON-FRI *)",
  scheduleExpressionTimezone: "Asia/Seoul",
});
const rule = fixture("aws:cloudwatch/eventRule:EventRule", "launcher", {
  scheduleExpression: "rate(5 minutes)",
});
const action = fixture("aws:autoscaling/schedule:Schedule", "sale", {
  recurrence: "0 8 * * MON-FRI",
  timeZone: "Asia/Seoul",
});

describe("schedules-can-fire", () => {
  itPasses(
    schedulesCanFire,
    "schedules that come round",
    schedule,
    spoil(schedule, { scheduleExpression: "rate(1 hour)", scheduleExpressionTimezone: undefined }),
    spoil(schedule, { scheduleExpression: "at(9999-12-31T23:59:59)" }),
    spoil(schedule, { scheduleExpression: "cron(0 9 L * ? *)" }),
    spoil(schedule, { scheduleExpression: "cron(0 9 ? * Wed-Fri *)" }),
    spoil(schedule, { scheduleExpression: "cron(0 9 ? * SAT-SUN *)" }),
    spoil(schedule, { scheduleExpression: "cron(50-10/5 22-2 ? nov-feb 6-2 *)" }),
    rule,
    spoil(rule, { scheduleExpression: undefined }),
    action,
    spoil(action, { recurrence: undefined, timeZone: undefined }),
  );
  const again = "a schedule with a run time in the future";
  const expressions = [
    ["cron(0 0 31 2 ? *)", again],
    ["cron(0 9 ? * MON-FRI 2020)", again],
    ["cron(0 9 30-30 Feb-Feb ? *)", again],
    ["cron(0 9 * * *)", "6 fields, not 5"],
    ["rate(0 minutes)", "a whole number of minutes, hours or days, e.g. rate(5 minutes)"],
    ["rate(5)", "a whole number of minutes, hours or days, e.g. rate(5 minutes)"],
    ["at(2020-01-01T00:00:00)", "a time in the future"],
    ["at(tomorrow)", "a local time, e.g. at(2030-01-31T09:00:00)"],
    ["every day", "cron(…), rate(…) or at(…)"],
    [" cron(0 9 ? * MON-FRI *)", "cron(…), rate(…) or at(…)"],
  ] as const;
  for (const [scheduleExpression, allowed] of expressions) {
    const expected = { at: "scheduleExpression", value: scheduleExpression, allowed };
    itRefuses(schedulesCanFire, scheduleExpression, spoil(schedule, { scheduleExpression }), expected);
    itRefuses(
      schedulesCanFire,
      `${scheduleExpression} of a rule`,
      spoil(rule, { scheduleExpression }),
      expected,
    );
  }
  const recurrence = "0 0 30 2 *";
  itRefuses(schedulesCanFire, `a group's ${recurrence}`, spoil(action, { recurrence }), {
    at: "recurrence",
    value: recurrence,
    allowed: again,
  });
  itRefuses(schedulesCanFire, "a group's six fields", spoil(action, { recurrence: "0 8 * * MON-FRI *" }), {
    at: "recurrence",
    value: "0 8 * * MON-FRI *",
    allowed: "5 fields, not 6",
  });
  const zone = { value: "Korea", allowed: "an IANA time zone, e.g. Asia/Seoul, Europe/Berlin or UTC" };
  itRefuses(schedulesCanFire, "a schedule's zone", spoil(schedule, { scheduleExpressionTimezone: "Korea" }), {
    at: "scheduleExpressionTimezone",
    ...zone,
  });
  itRefuses(schedulesCanFire, "a group's zone", spoil(action, { timeZone: "Korea" }), {
    at: "timeZone",
    ...zone,
  });
});
