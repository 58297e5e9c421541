import { expect } from "chai";

import { isHeld, leaseText, ownerName, type Lease } from "../../../students/state/lease";

const lease: Lease = {
  id: "1",
  owner: "kim@lab",
  machine: "here",
  pid: 7,
  doing: "does up",
  since: "2026-12-01T09:00:00.000Z",
  until: "2026-12-01T09:05:00.000Z",
};
const at = (machine: string, time: string, running: readonly number[] = []) => ({
  machine,
  processExists: (pid: number) => running.includes(pid),
  now: new Date(`2026-12-01T${time}Z`),
});

describe("a lock in a shared state", () => {
  it("is held on its own machine as long as its process runs, whatever the clock shows", () => {
    expect(isHeld(lease, at("here", "09:01:00", [7]))).to.equal(true);
    expect(isHeld(lease, at("here", "12:00:00", [7]))).to.equal(true);
    expect(isHeld(lease, at("here", "09:01:00"))).to.equal(false);
  });

  it("is held on another machine until its time ends", () => {
    expect(isHeld(lease, at("there", "09:04:59"))).to.equal(true);
    expect(isHeld(lease, at("there", "09:05:00", [7]))).to.equal(false);
  });

  it("names its owner: the user, or the page of the CI's job", () => {
    expect(leaseText(lease)).to.match(/^kim@lab does up, since 2026-12-01T09:00.*ends at 2026-12-01T09:05/);
    expect(ownerName({}, "kim", "lab")).to.equal("kim@lab");
    expect(ownerName({ GITHUB_REPOSITORY: "o/r", GITHUB_RUN_ID: "5" }, "runner", "vm")).to.equal(
      "https://github.com/o/r/actions/runs/5",
    );
    expect(ownerName({ CI_JOB_URL: "https://gitlab.example/j/1" }, "runner", "vm")).to.equal(
      "https://gitlab.example/j/1",
    );
  });
});
