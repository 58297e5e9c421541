import { expect } from "chai";

import { eventOf } from "../../../localAws/clock/event";

const call = {
  scheduleArn: "arn:aws:scheduler:us-west-2:111122223333:schedule/default/launch",
  plannedTime: Date.parse("2026-03-02T09:00:00Z"),
  executionId: "0f6b",
  attempt: 2,
};

describe("eventOf", () => {
  it("replaces every context attribute with the call's value", () => {
    const input = JSON.stringify({
      schedule: "<aws.scheduler.schedule-arn>",
      planned: ["<aws.scheduler.scheduled-time>", "<aws.scheduler.scheduled-time>"],
      id: "<aws.scheduler.execution-id>/<aws.scheduler.attempt-number>",
    });
    expect(JSON.parse(eventOf(input, call))).to.deep.equal({
      schedule: call.scheduleArn,
      planned: ["2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z"],
      id: "0f6b/2",
    });
  });

  it("returns EventBridge Scheduler's default event for a schedule without an input", () => {
    expect(JSON.parse(eventOf(undefined, call))).to.deep.equal({
      version: "0",
      id: "0f6b",
      "detail-type": "Scheduled Event",
      source: "aws.scheduler",
      account: "111122223333",
      time: "2026-03-02T09:00:00Z",
      region: "us-west-2",
      resources: [call.scheduleArn],
      detail: "{}",
    });
  });
});
