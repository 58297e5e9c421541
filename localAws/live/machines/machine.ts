import { existsSync, mkdirSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { Failure, messageOf } from "../../../cli/failure";
import type { Outcome } from "../command";
import type { Image } from "../images/image";
import { Disk } from "./disk";
import type { MachineHost, Wanted } from "./host";
import { runOnMachine } from "./inside";
import { MachineReports } from "./machineReports";
import type { MeteredMachine } from "./meter";
import type { PowerEnd } from "./power";
import { PowerState } from "./powerState";
import { endMachine, rebootMachine, type Running, startMachine, watchStart } from "./running";
import type { Share } from "./shares";
import { nextStep, type Step } from "./steps";

/** How long a machine may take to power off before its power is cut. */
const patience = { stop: 60_000, reboot: 4 * 60_000, terminate: 10_000, leave: 5_000 } as const;
const retryMilliseconds = 2_000;
/** After so many failed boots, EC2 gives up: the instance is terminated. */
const maxFailures = 3;

/** A copy of a disk: a layer over the image of the disk. */
export interface DiskCopy {
  readonly layer: string;
  readonly base: Image;
  /** The AMI that the disk was made from. */
  readonly imageId: string;
}

/** One instance: its disk, its console and its power, made equal to its state in EC2 one step after the other. */
export class Machine {
  readonly reports: MachineReports;
  private readonly state: PowerState;
  private running: Running | undefined;
  private disk: Disk | undefined;
  private boots = 0;
  private failures = 0;
  private leaving = false;
  private work: Promise<void> = Promise.resolve();

  constructor(
    readonly id: string,
    private readonly folder: string,
    private readonly host: MachineHost,
    private wanted: Wanted,
  ) {
    this.reports = new MachineReports(id, folder, wanted, host.context);
    this.state = new PowerState(folder, wanted.instance.reboots);
    // EC2 may not know it, because the region ended before its report arrived.
    if (this.state.offByItself) this.reportOffByItself();
  }

  /** Nothing is left of it. */
  get isGone(): boolean {
    return !this.isOn && !this.state.hasFolder;
  }

  get layers(): readonly string[] {
    return this.disk?.record.layers ?? [];
  }

  get userData(): string {
    return this.wanted.instance.userData;
  }

  /** Whether it is a builder that ended as it should: it booted once, and powered itself off. */
  get passedBake(): boolean {
    return this.boots === 1 && !this.isOn && this.state.endedByItself;
  }

  /** What EC2 wants now. */
  update(wanted: Wanted): void {
    this.wanted = wanted;
    this.settle();
  }

  /** There is no such instance any more. */
  remove(): void {
    this.update({ ...this.wanted, instance: { ...this.wanted.instance, state: "gone" } });
  }

  summary(): { id: string; accountId: string; region: string; init: number | null } {
    const { accountId, region } = this.wanted;
    return { id: this.id, accountId, region, init: this.running?.init ?? null };
  }

  /** What the meter needs while the machine is on. */
  metered(): MeteredMachine | undefined {
    if (this.running === undefined) return undefined;
    const { accountId, region, instance } = this.wanted;
    const { init: pid, cgroup, cores } = this.running;
    const { checks } = this.reports;
    return { id: this.id, accountId, region, cores, detailed: instance.monitoring, checks, cgroup, pid };
  }

  /** Copies the disk into a folder. Of a running machine, the copy is as after a power cut. */
  async copyDisk(layer: string): Promise<DiskCopy | undefined> {
    await this.work;
    const { disk } = this;
    if (disk === undefined) return undefined;
    rmSync(layer, { recursive: true, force: true });
    await disk.copyTo(layer);
    const { imageId, layers, key } = disk.record;
    return { layer, base: { layers, key }, imageId };
  }

  /** Whether it is on, and has the address in the VPC. */
  hasAddress(vpcId: string, address: string): boolean {
    const { instance } = this.wanted;
    const isHere =
      instance.vpcId === vpcId && instance.interfaces.some(({ privateIp }) => privateIp === address);
    return isHere && this.running !== undefined;
  }

  /** Shows a folder in the machine's /efs. */
  async share(source: string): Promise<Share | undefined> {
    return await this.disk?.shares.add(source);
  }

  /** Cuts the power. EC2 still shows a running instance, as after a crash. */
  async cut(): Promise<void> {
    await this.running?.power.kill();
  }

  /** Ends the machine with the region: EC2 does not change. */
  async leave(): Promise<void> {
    this.leaving = true;
    await this.work;
    await this.end(patience.leave);
    this.reports.console.flush();
  }

  /** Runs a command on the machine. @throws when it is off */
  async run(command: readonly string[], input?: string): Promise<Outcome> {
    if (this.running === undefined) throw new Failure(`${this.id} is off.`, "Choose a server that is on.");
    return await runOnMachine(this.running.init, command, input);
  }

  private get isOn(): boolean {
    return this.running !== undefined || this.state.isRecordOnly;
  }

  private settle(): void {
    this.work = this.work.then(async () => {
      await this.takeSteps();
    });
  }

  private async takeSteps(): Promise<void> {
    while (!this.leaving) {
      const { state, reboots } = this.wanted.instance;
      if (state !== "pending" && state !== "running") this.state.forgetEnd();
      const step = nextStep(state, reboots, {
        isOn: this.isOn,
        offByItself: this.state.offByItself,
        isCut: this.state.isCut,
        reboots: this.state.reboots,
        reported: this.reports.state,
        hasDisk: this.state.hasFolder,
      });
      if (step === undefined) return;
      try {
        await this.take(step);
      } catch (error) {
        await this.failed(step, messageOf(error));
      }
    }
  }

  private async failed(step: Step, reason: string): Promise<void> {
    this.host.context.log(`${this.id}: ${step}: ${reason}`);
    await this.disk?.unmount();
    this.failures += 1;
    if (step !== "boot" || this.failures < maxFailures) {
      await sleep(retryMilliseconds);
      return;
    }
    this.reports.console.write(`\nThe live region could not boot this instance: ${reason}\n`);
    this.reports.event(`could not boot: ${reason}`);
    this.state.offByItself = true;
    this.reports.reportState("terminated");
  }

  private async take(step: Step): Promise<void> {
    const { state, reboots } = this.wanted.instance;
    switch (step) {
      case "boot":
        await this.boot();
        this.failures = 0;
        return;
      case "reboot":
        this.state.reboots = reboots;
        if (this.running !== undefined) {
          await rebootMachine(this.running, patience.reboot, this.host.context.log);
        }
        return;
      case "power off":
        await this.end(state.startsWith("stop") ? patience.stop : patience.terminate);
        return;
      case "delete":
        await this.host.network.detach(this.id);
        this.state.deleteFolder();
        return;
      case "report stopped":
        this.reports.reportState("stopped");
        return;
      case "report terminated":
        this.reports.reportState("terminated");
        return;
    }
  }

  private async boot(): Promise<void> {
    const source = this.host.sourceOf(this.wanted);
    this.state.boots(this.wanted.instance.reboots);
    if (source.kind === "none") {
      this.state.isRecordOnly = true;
      this.reports.console.write(`${source.reason}\n`);
      this.reports.reportState("running");
      return;
    }
    this.disk ??= Disk.open(this.folder, source.disk);
    if (source.kind === "baked" && !existsSync(this.disk.upper)) {
      // The disk and the console are those of the same bake, and the machine is off at once, as then.
      mkdirSync(this.disk.upper, { recursive: true });
      this.reports.reportState("running");
      this.reports.console.write(source.console);
      this.powersOffByItself();
      return;
    }
    const running = await startMachine(this.host, this.wanted, this.disk, this.reports.console);
    this.running = running;
    this.boots += 1;
    const { log } = this.host.context;
    running.power.ended.then(
      (how) => {
        this.hasEnded(running, how);
      },
      (error: unknown) => {
        log(`${this.id}: ${messageOf(error)}`);
      },
    );
    this.reports.reportState("running");
    this.reports.event("boots");
    watchStart(running, this.host, this.wanted.instance.type, this.reports).catch((error: unknown) => {
      log(`${this.id}: ${messageOf(error)}`);
    });
  }

  private async end(patienceMilliseconds: number): Promise<void> {
    this.state.isRecordOnly = false;
    const { running } = this;
    if (running === undefined) return;
    await endMachine(running, patienceMilliseconds);
    await this.tidy(running);
  }

  private async tidy(running: Running): Promise<void> {
    running.hasEnded = true;
    this.running = undefined;
    this.reports.console.flush();
    await this.disk?.unmount();
  }

  private hasEnded(running: Running, how: PowerEnd): void {
    this.work = this.work.then(async () => {
      // Else the region itself ended it.
      if (this.running !== running || this.leaving) return;
      await this.tidy(running);
      if (how === "reboots" || (how === "killed" && running.mustReboot)) this.reports.event("reboots");
      else if (how === "powered off") this.powersOffByItself();
      else {
        this.state.isCut = true;
        this.reports.event("lost its power");
        this.reports.reportChecks("impaired");
      }
      await this.takeSteps();
    });
  }

  private powersOffByItself(): void {
    this.state.powersOffByItself();
    this.reports.event("powered itself off");
    this.reportOffByItself();
  }

  private reportOffByItself(): void {
    const { shutdownBehavior } = this.wanted.instance;
    this.reports.reportState(shutdownBehavior === "terminate" ? "terminated" : "stopped", true);
  }
}
