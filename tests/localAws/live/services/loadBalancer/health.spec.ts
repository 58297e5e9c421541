import { expect } from "chai";

import { health, nextHealth } from "../../../../../localAws/live/services/loadBalancer/health";
import type { StatRow } from "../../../../../localAws/live/services/loadBalancer/runtime";

function row(status: string, checkStatus: string, checkCode = ""): StatRow {
  return { proxy: "check-servers", server: "i-1", status, checkStatus, checkCode, sessions: 0 };
}

const timedOut = { state: "unhealthy", reason: "Target.Timeout", description: "Request timed out" } as const;

describe("the health of a target", () => {
  it("stays initial until a check has passed, or has failed often enough", () => {
    expect(nextHealth(health.initial, row("UP", "INI"))).to.equal(health.initial);
    expect(nextHealth(health.initial, row("UP 2/3", "L4CON"))).to.equal(health.initial);
    expect(nextHealth(health.initial, row("UP", "L7OK", "200"))).to.equal(health.healthy);
    expect(nextHealth(health.initial, row("DOWN", "L4CON"))).to.deep.equal({
      state: "unhealthy",
      reason: "Target.FailedHealthChecks",
      description: "Health checks failed",
    });
  });

  it("has the status code that a check got", () => {
    expect(nextHealth(health.healthy, row("DOWN", "L7STS", "503"))).to.deep.equal({
      state: "unhealthy",
      reason: "Target.ResponseCodeMismatch",
      description: "Health checks failed with these codes: [503]",
    });
  });

  for (const status of ["L4TOUT", "L6TOUT", "L7TOUT"]) {
    it(`is a timeout after ${status}`, () => {
      expect(nextHealth(health.healthy, row("DOWN", status))).to.deep.equal(timedOut);
    });
  }

  it("changes only at the thresholds", () => {
    expect(nextHealth(health.healthy, row("UP 1/2", "L7STS", "500"))).to.equal(health.healthy);
    expect(nextHealth(timedOut, row("DOWN 1/2", "L7OK", "200"))).to.equal(timedOut);
    expect(nextHealth(timedOut, row("UP", "L7OK", "200"))).to.equal(health.healthy);
  });

  it("does not change when a new worker of HAProxy has not checked yet", () => {
    expect(nextHealth(timedOut, row("DOWN", "INI"))).to.equal(timedOut);
    expect(nextHealth(health.healthy, row("UP", "INI"))).to.equal(health.healthy);
  });
});
