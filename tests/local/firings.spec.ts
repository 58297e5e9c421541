import { expect } from "chai";

import { firingLines } from "../../local/firings";
import type { Firing } from "../../localAws/emulator";

function firing(given: Partial<Firing>): Firing {
  return {
    at: "2026-03-02T09:00:01.234Z",
    region: "us-east-1",
    kind: "schedule",
    name: "launch",
    target: "arn:aws:lambda:us-east-1:111122223333:function:site-launcher",
    outcome: "succeeded",
    ...given,
  };
}

const line = (given: Partial<Firing>) => firingLines([firing(given)])[0];
const at = "2026-03-02 09:00:01 UTC";

describe("firingLines", () => {
  it("shows the servers that a schedule launched or ended", () => {
    const launched = { outcome: "launched", serverIds: ["i-1", "i-2"], failures: [] };
    expect(line({ result: launched })).to.equal(`${at} schedule launch: launched i-1, i-2`);
    expect(line({ result: { outcome: "swept", endedIds: [], failures: [] } })).to.equal(
      `${at} schedule launch: ended no server`,
    );
  });

  it("shows why a schedule launched no server", () => {
    const skipped = { outcome: "skipped", serverIds: [], reason: "3 servers run, and 3 may", failures: [] };
    expect(line({ result: skipped })).to.equal(
      `${at} schedule launch: launched no server: 3 servers run, and 3 may`,
    );
    const result = { errorType: "Error", errorMessage: "no capacity" };
    expect(line({ outcome: "failed", result })).to.equal(`${at} schedule launch: failed: no capacity`);
    expect(line({ outcome: "failed", error: "Function not found" })).to.equal(
      `${at} schedule launch: failed: Function not found`,
    );
  });

  it("names the target of a call whose result it does not know", () => {
    expect(line({ outcome: "pending" })).to.equal(
      `${at} schedule launch: called site-launcher, which still runs`,
    );
    expect(line({ target: "arn:aws:sqs:us-east-1:111122223333:calls" })).to.equal(
      `${at} schedule launch: called calls`,
    );
    expect(line({ result: { done: true } })).to.equal(
      `${at} schedule launch: called site-launcher: {"done":true}`,
    );
  });

  it("shows the sizes of a group before and after, and the metric that changed them", () => {
    const from = { min: 1, max: 4, desired: 2 };
    const to = { min: 1, max: 4, desired: 3 };
    expect(line({ kind: "scheduledAction", name: "ticket-sale", from, to })).to.equal(
      `${at} scheduled action ticket-sale: 2 to 3 servers (1 to 4 allowed)`,
    );
    expect(line({ kind: "scheduledAction", name: "ticket-sale", from, to: from })).to.equal(
      `${at} scheduled action ticket-sale: still 2 servers (1 to 4 allowed)`,
    );
    expect(line({ kind: "targetTracking", name: "site-cpu", metric: 95, from, to })).to.equal(
      `${at} scaling policy site-cpu at 95.0 % CPU: 2 to 3 servers (1 to 4 allowed)`,
    );
  });

  it("shows the three newest of each, so that a frequent schedule hides no other", () => {
    const sweeps = Array.from({ length: 10 }, () => firing({ name: "sweep" }));
    const lines = firingLines([...sweeps, firing({ name: "launch" })]);
    expect(lines).to.have.length(4);
    expect(lines[3]).to.contain("schedule launch");
  });
});
