import { recurrenceAllowed } from "../../../components/schedules/recurrence";
import { timeZoneAllowed } from "../../../components/schedules/timeZone";
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
  const never =
    "day-of-month, month, day-of-week and year: a day that one of these months has in one of these years; this date never occurs";
  const rate =
    "rate: a whole number of 1 or more, one space, and minutes, hours or days (minute, hour or day after 1)";
  const kinds =
    "schedule: at(2026-12-31T18:00:00), rate(15 minutes) or cron(minutes hours day-of-month month day-of-week year), in lower case";
  const expressions = [
    ["cron(0 0 31 2 ? *)", never],
    ["cron(0 9 ? * MON-FRI 2020)", again],
    ["cron(0 9 30-30 Feb-Feb ? *)", never],
    ["cron(0 9 * * *)", "cron: six fields: minutes hours day-of-month month day-of-week year, not 5"],
    ["rate(0 minutes)", rate],
    ["rate(5)", rate],
    ["every day", kinds],
    [" cron(0 9 ? * MON-FRI *)", kinds],
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
  const once = [
    ["at(2020-01-01T00:00:00)", "a time in the future"],
    ["at(tomorrow)", "at: a date and time that exist, as yyyy-mm-ddThh:mm:ss, without an offset"],
  ] as const;
  for (const [scheduleExpression, allowed] of once) {
    const expected = { at: "scheduleExpression", value: scheduleExpression };
    const changed = spoil(schedule, { scheduleExpression });
    itRefuses(schedulesCanFire, scheduleExpression, changed, { ...expected, allowed });
    itRefuses(schedulesCanFire, `${scheduleExpression} of a rule`, spoil(rule, { scheduleExpression }), {
      ...expected,
      allowed: "rate(…) or cron(…): a rule has no at(…)",
    });
  }
  itRefuses(
    schedulesCanFire,
    "a rule's plural after 1",
    spoil(rule, { scheduleExpression: "rate(1 hours)" }),
    {
      at: "scheduleExpression",
      value: "rate(1 hours)",
      allowed: "a singular unit after 1, e.g. rate(1 minute)",
    },
  );
  const ended = spoil(schedule, { endDate: "2020-01-01T00:00:00Z" });
  itRefuses(schedulesCanFire, "a schedule that has ended", ended, {
    at: "endDate",
    value: "2020-01-01T00:00:00Z",
    allowed: "a time after the next run",
  });
  itRefuses(
    schedulesCanFire,
    "a single action in the past",
    spoil(action, { recurrence: undefined, startTime: "2020-01-01T00:00:00Z" }),
    { at: "startTime", value: "2020-01-01T00:00:00Z", allowed: "a time in the future" },
  );
  const recurrence = "0 0 30 2 *";
  itRefuses(schedulesCanFire, `a group's ${recurrence}`, spoil(action, { recurrence }), {
    at: "recurrence",
    value: recurrence,
    allowed: recurrenceAllowed,
  });
  itRefuses(schedulesCanFire, "a group's six fields", spoil(action, { recurrence: "0 8 * * MON-FRI *" }), {
    at: "recurrence",
    value: "0 8 * * MON-FRI *",
    allowed: recurrenceAllowed,
  });
  const zone = { value: "Korea", allowed: timeZoneAllowed };
  itRefuses(schedulesCanFire, "a schedule's zone", spoil(schedule, { scheduleExpressionTimezone: "Korea" }), {
    at: "scheduleExpressionTimezone",
    ...zone,
  });
  itRefuses(schedulesCanFire, "a group's zone", spoil(action, { timeZone: "Korea" }), {
    at: "timeZone",
    ...zone,
  });

  itPasses(
    schedulesCanFire,
    "actions that start later, or that started and recur",
    spoil(action, { startTime: "2020-01-01T00:00:00Z" }),
    spoil(action, { recurrence: undefined, startTime: "9999-01-01T00:00:00Z" }),
    spoil(action, { recurrence: undefined, startTime: undefined, endTime: undefined }),
  );
});
