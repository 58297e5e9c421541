/** One call of a schedule's target. */
export interface Call {
  readonly scheduleArn: string;
  /** Epoch milliseconds. */
  readonly plannedTime: number;
  /** All attempts of a call have the same. */
  readonly executionId: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/**
 * The payload of the call: the schedule's input, with the call's values in place of the context attributes, or without
 * an input the default event of EventBridge Scheduler.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function eventOf(input: string | undefined, call: Call): string {
  return input === undefined ? defaultEvent(call) : withContext(input, call);
}

function withContext(input: string, { scheduleArn, plannedTime, executionId, attempt }: Call): string {
  return input
    .replaceAll("<aws.scheduler.schedule-arn>", scheduleArn)
    .replaceAll("<aws.scheduler.scheduled-time>", toSeconds(plannedTime))
    .replaceAll("<aws.scheduler.execution-id>", executionId)
    .replaceAll("<aws.scheduler.attempt-number>", `${attempt}`);
}

function defaultEvent({ scheduleArn, plannedTime, executionId }: Call): string {
  const [, , , region, account] = scheduleArn.split(":");
  return JSON.stringify({
    version: "0",
    id: executionId,
    "detail-type": "Scheduled Event",
    source: "aws.scheduler",
    account,
    time: toSeconds(plannedTime),
    region,
    resources: [scheduleArn],
    detail: "{}",
  });
}

/** ISO 8601 in UTC, to the second. */
export function toSeconds(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, "Z");
}
