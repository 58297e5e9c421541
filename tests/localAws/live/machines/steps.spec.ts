import { expect } from "chai";

import { nextStep, type Power } from "../../../../localAws/live/machines/steps";

const off: Power = {
  isOn: false,
  offByItself: false,
  isCut: false,
  reboots: 0,
  reported: undefined,
  hasDisk: true,
};
const on: Power = { ...off, isOn: true, reported: "running" };

describe("the next step of a machine", () => {
  it("boots it while EC2 shows that it starts or runs, also after a killed region", () => {
    expect(nextStep("pending", 0, { ...off, hasDisk: false })).to.equal("boot");
    expect(nextStep("running", 0, off)).to.equal("boot");
    expect(nextStep("running", 0, on)).to.equal(undefined);
  });

  it("does not boot a machine that powered itself off before EC2 shows it", () => {
    expect(nextStep("running", 0, { ...off, offByItself: true })).to.equal(undefined);
    expect(nextStep("pending", 0, { ...off, offByItself: true })).to.equal(undefined);
  });

  it("leaves a machine without power until it is rebooted", () => {
    expect(nextStep("running", 0, { ...off, isCut: true })).to.equal(undefined);
    expect(nextStep("running", 1, { ...off, isCut: true })).to.equal("boot");
  });

  it("reboots once for each call", () => {
    expect(nextStep("running", 1, on)).to.equal("reboot");
    expect(nextStep("running", 1, { ...on, reboots: 1 })).to.equal(undefined);
  });

  it("powers off, then reports, and keeps the disk of a stopped machine", () => {
    expect(nextStep("stopping", 0, on)).to.equal("power off");
    expect(nextStep("stopping", 0, { ...off, reported: "running" })).to.equal("report stopped");
    expect(nextStep("stopping", 0, { ...off, reported: "stopped" })).to.equal(undefined);
    expect(nextStep("stopped", 0, off)).to.equal(undefined);
  });

  it("deletes the disk of a terminated machine, then reports", () => {
    expect(nextStep("shutting-down", 0, on)).to.equal("power off");
    expect(nextStep("shutting-down", 0, off)).to.equal("delete");
    expect(nextStep("shutting-down", 0, { ...off, hasDisk: false })).to.equal("report terminated");
    expect(nextStep("terminated", 0, { ...off, hasDisk: false })).to.equal(undefined);
    expect(nextStep("gone", 0, off)).to.equal("delete");
  });
});
