import { expect } from "chai";
import fc from "fast-check";

import { InvalidInputError } from "../../lambda/problems";
import { readRequest } from "../../lambda/request";
import { settings } from "./fakeEc2";

const now = Date.parse("2026-01-05T00:00:10Z");
const call = { requestId: "0b5c", now };

function problemsOf(event: unknown): readonly string[] {
  try {
    readRequest(event, settings, call);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.problems.map(({ path, value }) => `${path}: ${JSON.stringify(value)}`);
  }
  throw new Error("the event was accepted");
}

describe("an event", () => {
  for (const event of [{}, undefined, null]) {
    it(`with no parameters (${event === undefined ? "nothing" : JSON.stringify(event)}) launches servers as the settings state`, () => {
      expect(readRequest(event, settings, call)).to.deep.equal({
        action: "launch",
        identity: "call 0b5c",
        plannedAt: now,
        serverCount: settings.serverCount,
        timeToLiveMinutes: settings.timeToLiveMinutes,
        maxRunningServers: settings.maxRunningServers,
      });
    });
  }

  it("of the scheduler identifies the launch by schedule and planned time, whatever the invocation", () => {
    const event = {
      action: "launch",
      schedule: "arn:aws:scheduler:us-east-1:123456789012:schedule/group/launch",
      plannedTime: "2026-01-05T00:00:00Z",
    };
    const [one, other] = ["first", "second"].map((id) =>
      readRequest({ ...event, executionId: id }, settings, { requestId: id, now }),
    );
    expect(one).to.deep.equal(other);
    expect(one).to.include({ plannedAt: Date.parse(event.plannedTime) });
    expect(one).to.have.property("identity", `${event.schedule} at 2026-01-05T00:00:00.000Z`);
  });

  it("starts a sweep", () => {
    expect(readRequest({ action: "sweep" }, settings, call)).to.deep.equal({ action: "sweep" });
  });

  it("lowers every limit and raises none", () => {
    const limits = ["serverCount", "timeToLiveMinutes", "maxRunningServers"] as const;
    fc.assert(
      fc.property(fc.constantFrom(...limits), fc.integer({ min: -5, max: 200 }), (limit, value) => {
        if (value >= 1 && value <= settings[limit]) {
          expect(readRequest({ [limit]: value }, settings, call)).to.have.property(limit, value);
        } else {
          expect(problemsOf({ [limit]: value })).to.deep.equal([`${limit}: ${String(value)}`]);
        }
      }),
    );
  });

  for (const [what, event, problems] of [
    ["a name it does not know", { serverCuont: 1 }, ["serverCuont: 1"]],
    ["an unknown action", { action: "destroy" }, ['action: "destroy"']],
    ["half a server", { serverCount: 1.5 }, ["serverCount: 1.5"]],
    ["a number in words", { serverCount: "1" }, ['serverCount: "1"']],
    ["a schedule without its planned time", { schedule: "a" }, ["plannedTime: undefined"]],
    ["a planned time without its schedule", { plannedTime: "2026-01-05T00:00:00Z" }, ["schedule: undefined"]],
    [
      "a planned time of no zone",
      { schedule: "a", plannedTime: "2026-01-05T00:00:00" },
      ['plannedTime: "2026-01-05T00:00:00"'],
    ],
    [
      "a planned time that was never filled in",
      { schedule: "a", plannedTime: "<aws.scheduler.scheduled-time>" },
      ['plannedTime: "<aws.scheduler.scheduled-time>"'],
    ],
    [
      "a planned time yet to come",
      { schedule: "a", plannedTime: "2026-01-05T00:02:00Z" },
      ['plannedTime: "2026-01-05T00:02:00Z"'],
    ],
    ["a list", [1], ["event: [1]"]],
    ["a word", "launch", ['event: "launch"']],
    ["several mistakes", { a: 1, serverCount: 0, action: 2 }, ["a: 1", "action: 2", "serverCount: 0"]],
  ] as const) {
    it(`is refused with ${what}`, () => {
      expect(problemsOf(event)).to.deep.equal(problems);
    });
  }

  it("accepts a planned time ahead by the clocks' difference, and fractions of a second", () => {
    const at = (plannedTime: string) => readRequest({ schedule: "a", plannedTime }, settings, call);
    for (const time of ["2026-01-05T00:00:05.250Z", new Date(now + 60_000).toISOString()]) {
      expect(at(time)).to.have.property("plannedAt", Date.parse(time));
    }
    expect(problemsOf({ schedule: "a", plannedTime: new Date(now + 60_001).toISOString() })).to.have.length(
      1,
    );
  });

  for (const [event, allowed] of [
    ["launch", 'event: "launch" - allowed: an object of parameters, or nothing'],
    [{ count: 1 }, "count: 1 - allowed: no such parameter; allowed: action, "],
    [{ action: "stop" }, 'action: "stop" - allowed: launch or sweep'],
    [
      { schedule: "", plannedTime: "2026-01-05T00:00:00Z" },
      "the schedule's name or ARN, together with plannedTime",
    ],
    [{ schedule: "a", plannedTime: 5 }, "a time in UTC, e.g. 2026-01-05T00:00:00Z, together with schedule"],
    [{ schedule: "a", plannedTime: "2026-01-05T00:00:00Z or so" }, "a time in UTC"],
    [{ schedule: "a", plannedTime: "on 2026-01-05T00:00:00Z" }, "a time in UTC"],
    [
      { schedule: "a", plannedTime: "2027-01-05T00:00:00Z" },
      "a time that is not in the future; it is 2026-01-05T00:00:10.000Z",
    ],
  ] as const) {
    it(`is refused with what is allowed instead of ${JSON.stringify(event)}`, () => {
      expect(() => readRequest(event, settings, call))
        .to.throw(InvalidInputError, "The event is wrong")
        .with.property("message")
        .that.contains(allowed);
    });
  }

  it("is refused with what is allowed, and the message states that nothing was launched", () => {
    expect(() => readRequest({ serverCount: 3 }, settings, call)).to.throw(
      /nothing was launched.*\n.*serverCount: 3 - allowed: 1 to 2: .*not raise it/,
    );
  });
});
