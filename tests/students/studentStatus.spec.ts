import { expect } from "chai";

import { stateOf } from "../../students/progress/recordedState";

const startedAt = "2026-09-01T09:00:00.000Z";
const endedAt = "2026-09-01T09:10:00.000Z";
const ended = { operation: "up", startedAt, endedAt };

describe("the state of a student's stack", () => {
  const cases = [
    ["not up", 0, undefined, false],
    ["not up", 0, { ...ended, operation: "down" }, false],
    ["up", 71, ended, false],
    ["paused", 70, { ...ended, operation: "pause", pausedAt: startedAt }, false],
    ["up failed", 12, { ...ended, error: "a policy" }, false],
    ["interrupted, or still running", 12, { operation: "up", startedAt }, false],
    ["interrupted, or still running", 12, ended, true],
  ] as const;
  for (const [state, resources, record, interrupted] of cases) {
    it(`is "${state}" with ${resources} resources after ${JSON.stringify(record ?? "nothing")}${interrupted ? ", in the middle of one" : ""}`, () => {
      expect(stateOf(resources, record, interrupted)).to.equal(state);
    });
  }
});
