import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { attempt, run, waitFor, type Outcome } from "../../../localAws/live/command";
import type { Image } from "../../../localAws/live/images/image";
import { Console } from "../../../localAws/live/machines/console";
import { Disk } from "../../../localAws/live/machines/disk";
import { recordOf, type Wanted } from "../../../localAws/live/machines/host";
import { beside } from "../../../localAws/live/machines/inside";
import { resolverOf } from "../../../localAws/live/machines/machines";
import { endMachine, startMachine, type Running } from "../../../localAws/live/machines/running";
import { labFolder, logFolder } from "../support/folders";
import { accountId, region as regionName, serverAddress, type Side } from "./addresses";
import { instanceOf } from "./place";
import type { LabRegion } from "./region";

interface Options {
  readonly name: string;
  /** Number of its address, from 0. */
  readonly index: number;
  /** Whether it has a route to the internet. Default: closed. */
  readonly side?: Side;
  readonly image: Image;
  /** The user data, as EC2 would return it; cloud-init reads it. */
  readonly userData: Buffer;
  /** Default: 1,024 MiB. */
  readonly diskMiB?: number;
}

/** How long a machine may take to power off. */
const patienceMilliseconds = 60_000;

/** An EC2 instance: the live region's machine, whose power the scenarios have in their hands. */
export class Machine {
  private running: Promise<Running> | undefined;
  private readonly output: Console;

  private constructor(
    readonly name: string,
    readonly address: string,
    /** Its root file system. */
    readonly root: string,
    readonly disk: Disk,
    private readonly wanted: Wanted,
    private readonly region: LabRegion,
  ) {
    const file = join(logFolder, `console-${name}.log`);
    rmSync(file, { force: true });
    this.output = new Console(file, () => undefined);
  }

  /** Creates the machine, which is off. Its disk is in memory. */
  static async make(region: LabRegion, options: Options): Promise<Machine> {
    const { name, index, side = "closed", image, userData, diskMiB = 1_024 } = options;
    const instance = instanceOf(name, index, side, userData);
    await region.change(({ instances }) => {
      instances.push(instance);
    });
    const folder = join(labFolder, "disks", name);
    mkdirSync(folder, { recursive: true });
    await run(["mount", "-t", "tmpfs", "-o", `size=${diskMiB}m`, "tmpfs", folder]);
    const disk = Disk.open(folder, recordOf(instance.imageId, image));
    const resolver = resolverOf("10.77.0.0/16");
    const { trusted } = region.machineHost;
    const root = await disk.mount({ instance, region: regionName, resolver, trusted });
    const address = serverAddress(index, side);
    region.shares.set(address, disk.shares);
    return new Machine(
      name,
      address,
      root,
      disk,
      { accountId, region: regionName, resolver, instance },
      region,
    );
  }

  get console(): string {
    return this.output.text;
  }

  get isOn(): boolean {
    return this.running !== undefined;
  }

  get hosts(): string {
    return readFileSync(join(this.root, "etc/hosts"), "utf8");
  }

  boot(): void {
    if (this.running !== undefined) throw new Error(`${this.name} is already on.`);
    this.running = startMachine(this.region.machineHost, this.wanted, this.disk, this.output);
    // The next use of the machine fails with the reason.
    this.running.catch(() => undefined);
  }

  /** Cuts the power: no process can clean up. */
  async crash(): Promise<void> {
    await (await this.running)?.power.kill();
    this.running = undefined;
  }

  /** Stops the machine as a user or AWS stops an instance. */
  async powerOff(): Promise<void> {
    if (this.running !== undefined) await endMachine(await this.running, patienceMilliseconds);
    this.running = undefined;
  }

  async waitForPowerOff(seconds: number): Promise<void> {
    const running = await this.running;
    if (running === undefined) return;
    let hasEnded = false;
    running.power.ended.finally(() => (hasEnded = true)).catch(() => undefined);
    await waitFor(`${this.name} powers off`, seconds, () => (hasEnded ? true : undefined));
    this.running = undefined;
  }

  /** Deletes the machine. */
  async remove(): Promise<void> {
    await this.crash();
    const { id } = this.wanted.instance;
    await this.region.network.detach(id);
    await this.region.change(({ instances }) => {
      instances.splice(
        instances.findIndex((each) => each.id === id),
        1,
      );
    });
    await this.disk.unmount();
    await run(["umount", this.disk.folder]);
  }

  /** Runs a command on the machine; it must succeed. */
  async run(...command: readonly string[]): Promise<string> {
    return await run(await this.inside(command));
  }

  async attempt(...command: readonly string[]): Promise<Outcome> {
    return await attempt(await this.inside(command));
  }

  /** The process id as this process sees it. */
  async initPid(): Promise<string> {
    return String(await this.init());
  }

  private async inside(command: readonly string[]): Promise<readonly string[]> {
    return beside(await this.init(), ["env", "--unset=TMPDIR", ...command]);
  }

  private async init(): Promise<number> {
    if (this.running === undefined) throw new Error(`${this.name} is off.`);
    return (await this.running).init;
  }
}
