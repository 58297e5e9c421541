import type { Finding } from "../../support/finding";
import { on, resourceRule } from "../../support/rule";
import { atProblem, cronProblem, rateProblem, timeZoneProblem } from "../../support/schedule";

/** A schedule that never runs looks like one that has not run yet. */
export const schedulesCanFire = resourceRule(
  {
    name: "schedules-can-fire",
    displayName: "Schedules can run",
    description: "Every schedule has a run time in the future and an existing time zone.",
    why: "AWS accepts a schedule for 31 February or for last year without an error. Users notice only when the servers are missing on the day of the ticket sale.",
    severity: "medium",
    topics: ["works-at-all"],
    fix: "Correct the expression; the documentation of the schedule's service has its syntax.",
    url: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  [
    on(
      "aws:scheduler/schedule:Schedule",
      async function* ({ scheduleExpression, scheduleExpressionTimezone = "UTC" }) {
        yield* judgeTimeZone("scheduleExpressionTimezone", scheduleExpressionTimezone);
        yield* judgeExpression(scheduleExpression, scheduleExpressionTimezone);
      },
    ),
    on("aws:cloudwatch/eventRule:EventRule", async function* ({ scheduleExpression }) {
      // A rule may have an event pattern instead.
      if (scheduleExpression !== undefined) yield* judgeExpression(scheduleExpression, "UTC");
    }),
    on("aws:autoscaling/schedule:Schedule", async function* ({ recurrence, timeZone = "UTC" }) {
      yield* judgeTimeZone("timeZone", timeZone);
      // Without a recurrence it runs once, at startTime, which AWS checks.
      if (recurrence === undefined) return;
      const allowed = await cronProblem(recurrence, timeZone, "unix", new Date());
      if (allowed !== undefined) yield { at: "recurrence", value: recurrence, allowed };
    }),
  ],
);

function* judgeTimeZone(at: string, timeZone: string): Iterable<Finding> {
  const allowed = timeZoneProblem(timeZone);
  if (allowed !== undefined) yield { at, value: timeZone, allowed };
}

async function* judgeExpression(expression: string, timeZone: string): AsyncIterable<Finding> {
  const allowed = await expressionProblem(expression, timeZone);
  if (allowed !== undefined) yield { at: "scheduleExpression", value: expression, allowed };
}

async function expressionProblem(expression: string, timeZone: string): Promise<string | undefined> {
  const [, kind, inner = ""] = /^(cron|rate|at)\((.*)\)$/.exec(expression) ?? [];
  const now = new Date();
  switch (kind) {
    case "cron":
      return await cronProblem(inner, timeZone, "aws", now);
    case "rate":
      return rateProblem(inner);
    case "at":
      return atProblem(inner, timeZone, now);
    default:
      return "cron(…), rate(…) or at(…)";
  }
}
