import { expect } from "chai";

import { readConsole } from "../../../../components/wordpressFleet/goldenImage/console";
import { judgeBuilder } from "../../../../components/wordpressFleet/goldenImage/verdict";

describe("a builder's console", () => {
  it("has the last step, after any prefix of the kernel or cloud-init", () => {
    const reading = readConsole(
      "[    1.0] Linux\r\n[   35.1] cloud-init[612]: wordpress-server bake: start\r\n" +
        "\u001b[0;32m[   36.2] cloud-init[612]: wordpress-server packages: installing nginx\u001b[0m\r\n[  37.0] audit: noise\r\n",
    );
    expect(reading).to.deep.include({ lastStep: "packages: installing nginx", failure: undefined });
    expect(reading.lastLines.at(-1)).to.equal("[  37.0] audit: noise");
  });

  it("has the reason of a failed build", () => {
    const { failure } = readConsole("x wordpress-server self-test: FATAL: 2 checks failed\n");
    expect(failure).to.equal("self-test: 2 checks failed");
  });

  it("reports commands that failed without a message of the build", () => {
    const { failure } = readConsole(
      "cloud-init[9]: 2026-01-01 - util.py[WARNING]: Failed to run module scripts_user (scripts in /var/lib)\n",
    );
    expect(failure).to.equal("a command of its user data failed");
  });

  it("keeps the end of a long one", () => {
    const { lastLines } = readConsole(Array.from({ length: 500 }, (_, index) => `line ${index}`).join("\n"));
    expect(lastLines).to.have.length(12).and.to.include("line 499").and.not.to.include("line 400");
  });

  it("may be empty", () => {
    expect(readConsole("")).to.deep.equal({ lastStep: undefined, failure: undefined, lastLines: [] });
  });
});

describe("a builder", () => {
  const judge = (state: string, reasonCode?: string, failure?: string) =>
    judgeBuilder({ state, reasonCode, reason: undefined }, { failure }).kind;

  it("has passed when it powered itself off", () => {
    expect(judge("stopped", "Client.InstanceInitiatedShutdown")).to.equal("proven");
  });

  it("has failed when it was stopped from outside or for an unknown reason", () => {
    expect(judge("stopped", "Client.UserInitiatedShutdown")).to.equal("failed");
    expect(judge("stopped", "Server.ScheduledStop")).to.equal("failed");
    expect(judge("stopped")).to.equal("failed");
  });

  it("has failed once its console reports the failure, in any state", () => {
    for (const state of ["running", "stopping", "stopped"]) {
      expect(judge(state, "Client.InstanceInitiatedShutdown", "no mirror")).to.equal("failed");
    }
  });

  it("is in progress until then", () => {
    for (const state of ["pending", "running", "stopping"]) expect(judge(state)).to.equal("working");
  });

  it("has failed with the reason that AWS gives, if it gives one", () => {
    const reasonOf = (state: string, reasonCode?: string, reason?: string) => {
      const verdict = judgeBuilder({ state, reasonCode, reason }, { failure: undefined });
      return verdict.kind === "failed" ? verdict.reason : verdict.kind;
    };
    expect(reasonOf("stopped", "Server.ScheduledStop")).to.equal(
      "it was stopped from outside before the build was done (Server.ScheduledStop)",
    );
    expect(reasonOf("stopped")).to.contain("(EC2 gives no reason)");
    expect(reasonOf("terminated", "Server.InternalError", "hardware")).to.equal(
      "it is terminated (hardware)",
    );
    expect(reasonOf("terminated", "Server.InternalError")).to.equal(
      "it is terminated (Server.InternalError)",
    );
    expect(reasonOf("terminated")).to.equal("it is terminated (EC2 gives no reason)");
  });

  it("has failed when it no longer exists", () => {
    expect(judge("terminated", "Client.UserInitiatedShutdown")).to.equal("failed");
    expect(judge("shutting-down", "Server.InternalError")).to.equal("failed");
  });
});
