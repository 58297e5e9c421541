import type { InstanceRefreshStatus } from "@aws-sdk/client-auto-scaling";
import { expect } from "chai";

import { judgeRollout } from "../../../../components/wordpressFleet/rollout/verdict";
import type { RolloutView } from "../../../../components/wordpressFleet/rollout/view";

const wanted = { id: "lt-1", version: "4" };
const before = { id: "lt-1", version: "3" };
const healthy = (instanceId: string) => ({ instanceId, state: "healthy", reason: "" });
const failing = (instanceId: string) => ({
  instanceId,
  state: "unhealthy",
  reason: "Target.Timeout: Request timed out",
});

/** Two servers of the wanted version, both healthy, unless given otherwise. */
const viewOf = (given: Partial<RolloutView> = {}): RolloutView => ({
  group: { desiredCapacity: 2, template: wanted, instanceIds: ["i-1", "i-2"] },
  refresh: undefined,
  targets: [healthy("i-1"), healthy("i-2")],
  failedLaunches: [],
  ...given,
});
const groupOf = (given: Partial<NonNullable<RolloutView["group"]>>) => ({
  desiredCapacity: 2,
  template: wanted,
  instanceIds: ["i-1", "i-2"],
  ...given,
});
const refreshOf = (Status: InstanceRefreshStatus) => ({
  InstanceRefreshId: "r-1",
  Status,
  StatusReason: "Health checks failed.",
});

describe("the verdict on a rollout", () => {
  it("is done when the load balancer reports the desired number of healthy servers", () => {
    expect(judgeRollout(viewOf(), wanted)).to.deep.equal({
      kind: "done",
      message: "2 of 2 servers healthy",
    });
  });

  it("is done at once for a paused group", () => {
    const paused = viewOf({ group: groupOf({ desiredCapacity: 0, instanceIds: [] }), targets: [] });
    expect(judgeRollout(paused, wanted).kind).to.equal("done");
  });

  it("waits for servers that run but do not respond, and names them with AWS's reason", () => {
    const verdict = judgeRollout(viewOf({ targets: [healthy("i-1"), failing("i-2")] }), wanted);
    expect(verdict.kind).to.equal("waiting");
    expect(verdict.message).to.equal(
      "1 of 2 servers healthy; i-2 unhealthy (Target.Timeout: Request timed out)",
    );
  });

  it("does not count healthy targets outside of the group", () => {
    expect(judgeRollout(viewOf({ targets: [healthy("i-1"), healthy("i-9")] }), wanted).kind).to.equal(
      "waiting",
    );
  });

  for (const status of ["Pending", "InProgress", "Baking", "Cancelling", "RollbackInProgress"] as const) {
    it(`waits while an instance refresh is ${status}, even with healthy servers`, () => {
      expect(judgeRollout(viewOf({ refresh: refreshOf(status) }), wanted).kind).to.equal("waiting");
    });
  }

  for (const status of ["RollbackSuccessful", "RollbackFailed", "Failed", "Cancelled"] as const) {
    it(`fails when the refresh ended as ${status} and the group has the earlier version`, () => {
      const view = viewOf({ group: groupOf({ template: before }), refresh: refreshOf(status) });
      const verdict = judgeRollout(view, wanted, "r-1");
      expect(verdict).to.deep.equal({
        kind: "failed",
        message: `The group has launch template version 3, not 4: the instance refresh ended as ${status}. Health checks failed.`,
      });
    });
  }

  it("waits for the group to show the version of a refresh that succeeded", () => {
    const view = viewOf({ group: groupOf({ template: before }), refresh: refreshOf("Successful") });
    expect(judgeRollout(view, wanted, "r-1").kind).to.equal("waiting");
  });

  it("ignores the rollback of an older refresh", () => {
    const view = viewOf({ group: groupOf({ template: before }), refresh: refreshOf("RollbackSuccessful") });
    expect(judgeRollout(view, wanted, "r-2").kind).to.equal("waiting");
  });

  it("is not done with the same version number of another template", () => {
    const view = viewOf({ group: groupOf({ template: { id: "lt-2", version: "4" } }) });
    expect(judgeRollout(view, wanted).kind).to.equal("waiting");
  });

  it("fails after two launches in a row that AWS refused, and waits after one", () => {
    const failedLaunches = ["You have requested more vCPU capacity than your limit of 0."];
    const group = groupOf({ instanceIds: [] });
    expect(judgeRollout(viewOf({ group, failedLaunches }), wanted).kind).to.equal("waiting");
    const twice = judgeRollout(
      viewOf({ group, failedLaunches: [...failedLaunches, ...failedLaunches] }),
      wanted,
    );
    expect(twice).to.deep.equal({
      kind: "failed",
      message:
        "Auto Scaling cannot launch a server: You have requested more vCPU capacity than your limit of 0.",
    });
  });

  it("fails when there is no such group", () => {
    expect(judgeRollout(viewOf({ group: undefined }), wanted).kind).to.equal("failed");
  });
});
