import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { Cgroups } from "../../../localAws/live/box/cgroups";
import { attempt, run, waitFor, type Outcome } from "../../../localAws/live/command";
import type { Image } from "../../../localAws/live/images/image";
import { put } from "../../../localAws/live/images/layer";
import { Disk } from "../../../localAws/live/machines/disk";
import { recordOf } from "../../../localAws/live/machines/host";
import { beside } from "../../../localAws/live/machines/inside";
import { powerOn, type Power } from "../../../localAws/live/machines/power";
import { labFolder, logFolder } from "../support/folders";
import {
  addresses,
  databaseHost,
  fileSystemHost,
  region,
  secretsManagerHost,
  sesHost,
  site,
  trustStoreHost,
} from "./addresses";
import { sharesOf } from "./fileSystem";
import { plugIn } from "./network";

interface Options {
  readonly name: string;
  readonly address: string;
  readonly image: Image;
  readonly cgroups: Cgroups;
  /** The user data, as EC2 would return it; cloud-init reads it. */
  readonly userData: Buffer;
  /** PEM; one of the certificate authorities that the machine trusts, as Debian trusts Amazon's. */
  readonly trusted: string;
  /** apt's proxy, in place of the internet; only for a machine that installs packages. */
  readonly aptProxy?: string;
  /** Default: 1,024 MiB. */
  readonly diskMiB?: number;
}

/** Not part of an image. */
const aptProxyFile = "etc/apt/apt.conf.d/90lab-proxy";

/** A machine like an EC2 instance: an image, a network interface, user data and power. */
export class Machine {
  private power: Power | undefined;
  private boots = 0;

  private constructor(
    readonly name: string,
    readonly address: string,
    readonly root: string,
    readonly disk: Disk,
    private readonly cgroups: Cgroups,
  ) {}

  /** Creates the machine, which is off. */
  static async make(options: Options): Promise<Machine> {
    const { name, address, image, userData, trusted, aptProxy, cgroups, diskMiB = 1_024 } = options;
    await plugIn(name, address);
    const folder = join(labFolder, name);
    mkdirSync(folder, { recursive: true });
    await run(["mount", "-t", "tmpfs", "-o", `size=${diskMiB}m`, "tmpfs", folder]);
    const disk = Disk.open(folder, recordOf("ami-lab", image));
    const primary = {
      id: `eni-${name}`,
      subnetId: "subnet-lab",
      privateIp: address,
      publicIp: null,
      groups: [],
    };
    const root = await disk.mount({
      instance: {
        id: `i-${name}`,
        interfaces: [primary],
        publicKey: null,
        userData: userData.toString("base64"),
      },
      region,
      resolver: addresses.router,
      trusted,
    });
    if (aptProxy !== undefined) put(root, aptProxyFile, `Acquire::http::Proxy "${aptProxy}";\n`);
    const hosts: readonly (readonly [string, string])[] = [
      ["127.0.0.1", "localhost"],
      [addresses.database, databaseHost],
      [addresses.fileSystem, fileSystemHost],
      [addresses.secretsManager, secretsManagerHost],
      [addresses.ses, sesHost],
      [addresses.trustStore, trustStoreHost],
      [addresses.loadBalancer, site],
    ];
    put(root, "etc/hosts", hosts.map(([to, from]) => `${to} ${from}\n`).join(""));
    sharesOf.set(address, disk.shares);
    return new Machine(name, address, root, disk, cgroups);
  }

  get console(): string {
    return existsSync(this.consoleFile) ? readFileSync(this.consoleFile, "utf8") : "";
  }

  get isOn(): boolean {
    return this.power !== undefined;
  }

  get hosts(): string {
    return readFileSync(join(this.root, "etc/hosts"), "utf8");
  }

  boot(): void {
    if (this.power !== undefined) throw new Error(`${this.name} is already on.`);
    if (this.boots === 0) rmSync(this.consoleFile, { force: true });
    this.boots += 1;
    this.power = powerOn({
      root: this.root,
      hostName: this.name,
      namespace: `lab-${this.name}`,
      pidFile: join(this.disk.folder, "pid"),
      shared: this.disk.shares.folder,
      cgroup: this.cgroups.create(`machine-${this.name}`),
      onConsole: (text) => {
        appendFileSync(this.consoleFile, text);
      },
    });
  }

  /** Cuts the power: no process can clean up. */
  async crash(): Promise<void> {
    await this.power?.kill();
    this.power = undefined;
  }

  /** Stops the machine as a user or AWS stops an instance. */
  async powerOff(): Promise<void> {
    await this.power?.request("power off");
    await this.power?.ended;
    this.power = undefined;
  }

  async waitForPowerOff(seconds: number): Promise<void> {
    const { power } = this;
    if (power === undefined) return;
    let hasEnded = false;
    power.ended.finally(() => (hasEnded = true)).catch(() => undefined);
    await waitFor(`${this.name} powers off`, seconds, () => (hasEnded ? true : undefined));
    this.power = undefined;
  }

  /** Removes from the disk of a stopped machine what must not be in an image. */
  takeLabFilesAway(): void {
    rmSync(join(this.root, aptProxyFile), { force: true });
  }

  /** Deletes the machine. */
  async remove(): Promise<void> {
    await this.crash();
    await run(["ip", "netns", "delete", `lab-${this.name}`]);
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

  private get consoleFile(): string {
    return join(logFolder, `console-${this.name}.log`);
  }

  private async inside(command: readonly string[]): Promise<readonly string[]> {
    return beside(await this.init(), ["env", "--unset=TMPDIR", ...command]);
  }

  /** The process id as this process sees it. */
  async initPid(): Promise<string> {
    return String(await this.init());
  }

  private async init(): Promise<number> {
    if (this.power === undefined) throw new Error(`${this.name} is off.`);
    return await this.power.init();
  }
}
