import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { messageOf } from "../../../cli/failure";
import type { Cgroup } from "../box/cgroup";
import type { Outcome } from "../command";
import type { Image } from "../images/image";
import type { Report } from "../reports";
import { Console } from "./console";
import { coresOf } from "./cpu";
import type { Disk } from "./disk";
import type { MachineHost, Wanted } from "./host";
import { hasStarted, runOnMachine } from "./inside";
import { privateName } from "./machineFiles";
import type { MeteredMachine } from "./meter";
import { powerOn, type Power as RunningPower, type PowerEnd } from "./power";
import { nextStep, type Power, type Step } from "./steps";

type InstanceReport = Extract<Report, { readonly kind: "instance" }>;
type ReportBody<T = Report> = T extends Report ? Omit<T, "accountId" | "region"> : never;
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const patience = { stop: 60_000, terminate: 10_000, leave: 5_000 } as const;
const retryMilliseconds = 2_000;
/** After so many failed boots, EC2 gives up: the instance is terminated. */
const maxFailures = 3;
const pollMilliseconds = 500;
/** EC2's status check fails when the system does not answer for some minutes. */
const startMilliseconds = 5 * 60_000;

/** One instance: its disk, its console and its power, made equal to its state in EC2 one step after the other. */
export class Machine {
  readonly console: Console;
  private readonly power: Mutable<Power>;
  private running:
    { readonly power: RunningPower; readonly init: number; readonly cgroup: Cgroup } | undefined;
  private disk: Disk | undefined;
  private checks = "initializing";
  private hasQuota = false;
  private failures = 0;
  private boots = 0;
  private endedByItself = false;
  private leaving = false;
  private work: Promise<void> = Promise.resolve();

  constructor(
    readonly id: string,
    private readonly folder: string,
    private readonly host: MachineHost,
    private wanted: Wanted,
  ) {
    this.console = new Console(join(folder, "console.log"), (text) => {
      this.report({ kind: "console", id, text });
    });
    this.power = {
      isOn: false,
      offByItself: existsSync(this.offFile),
      isCut: false,
      reboots: wanted.instance.reboots,
      reported: undefined,
      hasDisk: existsSync(folder),
    };
    if (this.power.offByItself) this.reportOffByItself();
  }

  /** Nothing is left of it: {@link update} has nothing to do any more. */
  get isGone(): boolean {
    return !this.power.isOn && !this.power.hasDisk;
  }

  get layers(): readonly string[] {
    return this.disk?.record.layers ?? [];
  }

  get userData(): string {
    return this.wanted.instance.userData;
  }

  /** Whether it is a builder that ended as it should: it booted once, and powered itself off. */
  get passedBake(): boolean {
    return this.boots === 1 && this.endedByItself;
  }

  /** What EC2 wants now. */
  update(wanted: Wanted): void {
    this.wanted = wanted;
    if (!["pending", "running"].includes(wanted.instance.state)) this.forgetEnd();
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

  /** Copies the disk into a folder, as a layer over its image. Of a running machine, it is as after a power cut. */
  async copyDisk(layer: string): Promise<{ layer: string; base: Image; imageId: string } | undefined> {
    await this.work;
    const { disk } = this;
    if (disk === undefined) return undefined;
    rmSync(layer, { recursive: true, force: true });
    await disk.copyTo(layer);
    const { imageId, layers, key } = disk.record;
    return { layer, base: { layers, key }, imageId };
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
    await this.disk?.unmount();
  }

  /** Runs a command on the machine. @throws when it is off */
  async run(command: readonly string[], input?: string): Promise<Outcome> {
    if (this.running === undefined) throw new Error(`${this.id} is off.`);
    return await runOnMachine(this.running.init, command, input);
  }

  /** What the meter needs while the machine is on. */
  metered(): MeteredMachine | undefined {
    if (this.running === undefined) return undefined;
    const { accountId, region, instance } = this.wanted;
    const { init: pid, cgroup } = this.running;
    const cores = this.hasQuota ? coresOf(instance.type, cpus().length) : cpus().length;
    return {
      id: this.id,
      accountId,
      region,
      cores,
      detailed: instance.monitoring,
      checks: this.checks,
      cgroup,
      pid,
    };
  }

  private settle(): void {
    this.work = this.work.then(async () => {
      await this.takeSteps();
    });
  }

  private async takeSteps(): Promise<void> {
    while (!this.leaving) {
      const { state, reboots } = this.wanted.instance;
      const step = nextStep(state, reboots, this.power);
      if (step === undefined) return;
      try {
        await this.take(step);
        if (step === "boot") this.failures = 0;
      } catch (error) {
        await this.failed(step, messageOf(error));
      }
    }
  }

  private async failed(step: Step, reason: string): Promise<void> {
    this.host.context.log(`${this.id}: ${step}: ${reason}`);
    this.failures += 1;
    if (step !== "boot" || this.failures < maxFailures) {
      await sleep(retryMilliseconds);
      return;
    }
    this.console.write(`\nThe live region could not boot this instance: ${reason}\n`);
    this.event(`could not boot: ${reason}`);
    this.power.offByItself = true;
    this.reportState("terminated");
  }

  private async take(step: Step): Promise<void> {
    switch (step) {
      case "boot":
        await this.boot();
        return;
      case "reboot":
        this.power.reboots = this.wanted.instance.reboots;
        await this.running?.power.request("reboot");
        return;
      case "power off":
        await this.end(this.wanted.instance.state.startsWith("stop") ? patience.stop : patience.terminate);
        return;
      case "delete":
        await this.disk?.remove();
        rmSync(this.folder, { recursive: true, force: true });
        await this.host.network.detach(this.id);
        this.power.hasDisk = false;
        return;
      case "report stopped":
        this.reportState("stopped");
        return;
      case "report terminated":
        this.reportState("terminated");
        return;
    }
  }

  private async boot(): Promise<void> {
    const { instance, region, resolver } = this.wanted;
    const source = this.host.sourceOf(this.wanted);
    mkdirSync(this.folder, { recursive: true });
    this.power.hasDisk = true;
    this.power.isCut = false;
    this.power.reboots = instance.reboots;
    if (source.kind === "none") {
      this.power.isOn = true;
      this.console.write(`${source.reason}\n`);
      this.reportState("running");
      return;
    }
    this.disk ??= this.host.openDisk(this.folder, source.disk);
    if (source.kind === "baked" && !existsSync(this.disk.upper)) {
      this.replay(source.console);
      return;
    }
    const address = instance.interfaces[0]?.privateIp ?? "";
    const namespace = await this.host.network.attach(this.id, instance.vpcId, instance.interfaces);
    const { trusted } = this.host;
    const root = await this.disk.mount({ instance, region, resolver, trusted });
    const cgroup = this.host.cgroups.create(`machine-${this.id}`);
    cgroup.setCores(undefined);
    this.hasQuota = false;
    this.host.limitMemory(cgroup, instance.type);
    const power = powerOn({
      root,
      hostName: privateName(address, region).split(".")[0] ?? this.id,
      namespace,
      pidFile: join(this.folder, "pid"),
      shared: this.host.shared,
      cgroup,
      onConsole: (text) => {
        this.console.write(text);
      },
    });
    const running = { power, init: await power.init(), cgroup };
    this.running = running;
    this.power.isOn = true;
    this.boots += 1;
    this.endedByItself = false;
    power.ended.then(
      (how) => {
        this.ended(running, how);
      },
      (error: unknown) => {
        this.host.context.log(`${this.id}: ${messageOf(error)}`);
      },
    );
    this.reportState("running");
    this.event("boots");
    this.watchStart(running.init).catch((error: unknown) => {
      this.host.context.log(`${this.id}: ${messageOf(error)}`);
    });
  }

  /** The builder's disk and console are those of the same bake, and it is off at once, as then. */
  private replay(text: string): void {
    mkdirSync(this.disk?.upper ?? "", { recursive: true });
    this.reportState("running");
    this.console.write(text);
    this.powersOffByItself();
  }

  private async end(milliseconds: number): Promise<void> {
    const { running } = this;
    if (running === undefined) {
      // A machine without a disk has only a state.
      this.power.isOn = false;
      return;
    }
    const timer = new AbortController();
    await running.power.request("power off");
    const isLate = sleep(milliseconds, true, { signal: timer.signal }).catch(() => false);
    if (await Promise.race([running.power.ended.then(() => false), isLate])) await running.power.kill();
    timer.abort();
    await running.power.ended;
    await this.afterEnd(running);
  }

  private async afterEnd(running: NonNullable<typeof this.running>): Promise<void> {
    if (this.running !== running) return;
    this.running = undefined;
    this.power.isOn = false;
    this.console.flush();
    await this.disk?.unmount();
    await running.cgroup.remove();
  }

  private ended(running: NonNullable<typeof this.running>, how: PowerEnd): void {
    this.work = this.work.then(async () => {
      // The region itself ended it.
      if (this.running !== running || this.leaving) return;
      await this.afterEnd(running);
      if (how === "reboots") this.event("reboots");
      else if (how === "powered off") this.powersOffByItself();
      else {
        this.power.isCut = true;
        this.event("lost its power");
        this.reportChecks("impaired");
      }
      await this.takeSteps();
    });
  }

  private powersOffByItself(): void {
    this.power.offByItself = true;
    this.endedByItself = true;
    writeFileSync(this.offFile, "");
    this.console.flush();
    this.event("powered itself off");
    this.reportOffByItself();
  }

  private reportOffByItself(): void {
    const state = this.wanted.instance.shutdownBehavior === "terminate" ? "terminated" : "stopped";
    this.power.reported = state;
    this.report({ kind: "instance", id: this.id, state, byItself: true });
  }

  /** A stopped machine boots at the next start, however it ended before. */
  private forgetEnd(): void {
    if (this.power.offByItself) rmSync(this.offFile, { force: true });
    this.power.offByItself = false;
    this.power.isCut = false;
  }

  private async watchStart(init: number): Promise<void> {
    this.reportChecks("initializing");
    const deadline = Date.now() + startMilliseconds;
    const isCurrent = (): boolean => this.running?.init === init;
    while (isCurrent() && !existsSync(`/proc/${init}/root/run/dbus/system_bus_socket`)) {
      if (this.checks !== "impaired" && Date.now() > deadline) this.reportChecks("impaired");
      await sleep(pollMilliseconds);
    }
    if (isCurrent()) this.reportChecks("ok");
    // A quota would double the time of a boot.
    while (isCurrent() && !(await hasStarted(init))) await sleep(2 * pollMilliseconds);
    if (!isCurrent() || !this.host.cgroups.hasQuota) return;
    this.running?.cgroup.setCores(coresOf(this.wanted.instance.type, cpus().length));
    this.hasQuota = true;
  }

  private reportChecks(status: string): void {
    this.checks = status;
    this.report({ kind: "checks", id: this.id, status });
  }

  private reportState(state: InstanceReport["state"]): void {
    this.power.reported = state;
    this.console.flush();
    this.report({ kind: "instance", id: this.id, state });
  }

  private report(report: ReportBody): void {
    const { accountId, region } = this.wanted;
    this.host.context.report({ ...report, accountId, region });
  }

  private event(text: string): void {
    this.host.context.event({ kind: "instance", id: this.id, text });
  }

  private get offFile(): string {
    return join(this.folder, "off");
  }
}
