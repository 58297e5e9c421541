import type { Finding } from "../../support/finding";
import { on, resourceRule, type Judgement } from "../../support/rule";
import { scheduleFindings } from "../../support/views/scheduleRuns";
import { judgeSchedules, scheduleTypes } from "../../support/views/schedules";

/** A schedule that never runs looks like one that has not run yet. */
export const schedulesCanFire = resourceRule(
  {
    name: "schedules-can-fire",
    displayName: "Schedules can run",
    description: "Every schedule has valid syntax, a run time before its end, and an existing time zone.",
    why: "AWS accepts a schedule for 31 February, for last year or with an end in the past without an error. Users notice only when the servers are missing on the day of the ticket sale.",
    severity: "medium",
    topics: ["works-at-all"],
    fix: "Correct the expression or its end; `npm run schedule` shows when an expression runs.",
    url: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  [onSchedules(), onSingleActions()],
);

function onSchedules(): Judgement<object> {
  return {
    appliesTo: (type) => Object.hasOwn(scheduleTypes, type),
    judge: (resource) => judgeSchedules(resource, (schedule) => scheduleFindings(schedule, new Date())),
  };
}

/** A scheduled action without a recurrence runs once, at its start. */
function onSingleActions(): Judgement<object> {
  return on("aws:autoscaling/schedule:Schedule", function* ({ recurrence, startTime }): Iterable<Finding> {
    if (recurrence !== undefined || startTime === undefined) return;
    if (Date.parse(startTime) <= Date.now()) {
      yield { at: "startTime", value: startTime, allowed: "a time in the future" };
    }
  });
}
