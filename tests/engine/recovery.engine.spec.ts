import { expect } from "chai";
import type { ChildProcess } from "node:child_process";
import { truncate } from "node:fs/promises";
import path from "node:path";

import { stacksFolder } from "../../engine/checkpoint";
import { clearDeadLocks } from "../../engine/engineLock";
import { projectName } from "../../engine/settingsFile";
import { awsClients } from "../../localAws/providers/aws/clients";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";

/** Interrupted runs, and the run that resumes each. */
describe("an interrupted up", () => {
  let local: LocalRun;

  before(async () => {
    local = await openLocalRun();
  });
  after(async () => {
    await local.close();
  });

  /** Creates the stack, and interrupts the run once this many resources exist. */
  async function upUntil(resources: number, disturb: (run: ChildProcess) => unknown) {
    let disturbed = false;
    const ended = await local.start(["up"], (line, run) => {
      const done = Number(/^\s*(\d+)\/\d+ created /.exec(line)?.[1]);
      if (disturbed || !(done >= resources)) return;
      disturbed = true;
      disturb(run);
    });
    expect(disturbed, ended.stderr).to.equal(true);
    return ended;
  }

  it("finishes the operations in progress after Ctrl-C, and prints that it stopped", async () => {
    const { status, facts, stderr } = await upUntil(10, (run) => run.kill("SIGINT"));
    expect(status).to.equal(130);
    expect(facts.error).to.equal("stopped by the user");
    expect(stderr).to.include("What was finished is kept");
  });

  it("names the emulator as not answering after it was killed", async () => {
    const pid = await local.emulatorPid();
    const { status, facts } = await upUntil(30, () => process.kill(pid, "SIGKILL"));
    expect(status).to.equal(1);
    // Several calls are in progress then, and the first failure may be an incomplete answer.
    const messages = facts.errors.map(({ message }) => message).join("\n");
    expect(messages).to.match(/no answer from http:\/\/127\.0\.0\.1:\d+/);
  });

  it("needs no manual repair after it was killed, with an engine that was writing its state", async () => {
    const { status, stderr } = await upUntil(40, (run) => run.kill("SIGKILL"));
    expect(status).to.equal(null);
    expect(stderr).to.include("The emulator has been restarted");
    const { folders } = local;
    await clearDeadLocks(folders, projectName, "local");
    // Pulumi's file backend empties this file before it writes it.
    await truncate(path.join(stacksFolder(folders, projectName), "local.json.attrs"));
  });

  it("is resumed by the next run, which creates nothing twice", async () => {
    const ended = await local.run("up");
    const facts = succeeded(ended);
    expect(ended.stderr).to.include("The last run was killed");
    const aws = awsClients(targetOf(facts));
    const { Vpcs = [] } = await (await aws.ec2()).describeVpcs({});
    expect(Vpcs.filter(({ IsDefault }) => IsDefault !== true)).to.have.length(1);
    const { AutoScalingInstances = [] } = await (await aws.autoScaling()).describeAutoScalingInstances({});
    expect(AutoScalingInstances).to.have.length(2);
  });

  it("makes preview and refresh report that its emulator has ended", async () => {
    const { resources = 0 } = succeeded(await local.run("status"));
    process.kill(await local.emulatorPid(), "SIGKILL");
    const previewed = succeeded(await local.run("preview"));
    expect(previewed.notice).to.include(`the stack's ${String(resources)} resources has ended`);
    expect(previewed.changes?.["created"]).to.be.above(80);
    const refreshed = succeeded(await local.run("refresh"));
    expect(refreshed.notice).to.equal(previewed.notice);
    expect(refreshed.resources).to.be.below(resources);
    succeeded(await local.run("up"));
    expect(succeeded(await local.run("preview")).notice).to.equal(undefined);
  });

  it("leaves nothing after down", async () => {
    expect(succeeded(await local.run("down"))).to.deep.include({ resources: 0, left: [] });
  });
});
