import { expect } from "chai";

import { eventText } from "../../../students/acts/launchEvent";
import { launchedFor } from "../../../students/acts/launched";

const occasion = {
  plannedTime: "2026-11-30T00:00:00Z",
  id: "run-1",
  accountId: "1".repeat(12),
  region: "us-east-1",
};
const arn = "arn:aws:scheduler:us-east-1:111111111111:schedule/default/morning";

describe("the event of a planned time", () => {
  it("is the schedule's input with the values of this occasion", () => {
    const input =
      '{"schedule":"<aws.scheduler.schedule-arn>","at":"<aws.scheduler.scheduled-time>","id":"<aws.scheduler.execution-id>","try":<aws.scheduler.attempt-number>}';
    expect(JSON.parse(eventText({ kind: "schedule", arn, input }, occasion))).to.deep.equal({
      schedule: arn,
      at: "2026-11-30T00:00:00Z",
      id: "run-1",
      try: 1,
    });
  });

  it("is AWS's own event where the schedule has no input", () => {
    const event = {
      version: "0",
      id: "run-1",
      "detail-type": "Scheduled Event",
      account: "1".repeat(12),
      region: "us-east-1",
    };
    expect(JSON.parse(eventText({ kind: "schedule", arn, input: undefined }, occasion))).to.deep.include({
      ...event,
      source: "aws.scheduler",
      time: "2026-11-30T00:00:00Z",
      resources: [arn],
    });
    expect(JSON.parse(eventText({ kind: "rule", arn, input: "" }, occasion))).to.deep.include({
      ...event,
      source: "aws.events",
    });
  });

  it("is an event of EventBridge where nothing invokes the function", () => {
    expect(JSON.parse(eventText(undefined, occasion))).to.deep.include({
      source: "aws.events",
      resources: [],
    });
  });
});

describe("the servers of a launch", () => {
  it("are those with the planned time in a tag, in any notation of ISO 8601", () => {
    const server = (value: string) => ({ tags: { Name: "server", "launched-for": value } });
    const mine = ["2026-11-30T00:00:00Z", "2026-11-30T00:00:00.000Z", "2026-11-30T09:00:00+09:00"].map(
      server,
    );
    const others = ["2026-11-30T00:00:01Z", "2026-11-30", "1764460800000", ""].map(server);
    expect(launchedFor([...mine, ...others], "2026-11-30T00:00:00Z")).to.deep.equal(mine);
  });
});
