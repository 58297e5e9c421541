import type { ChildProcess } from "node:child_process";
import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { attempt, ended, run, start, waitFor, type Outcome } from "../../../localAws/live/command";
import type { Image } from "../../../localAws/live/images/image";
import { put } from "../../../localAws/live/images/layer";
import { labFolder, logFolder } from "../support/folders";
import {
  addresses,
  databaseHost,
  fileSystemHost,
  secretsManagerHost,
  sesHost,
  site,
  trustStoreHost,
} from "./addresses";
import { plugIn } from "./network";
import { chrooted, makeRoot, removeRoot } from "./root";

interface Options {
  readonly name: string;
  readonly address: string;
  readonly image: Image;
  /** The user data, as EC2 would return it; cloud-init reads it. */
  readonly userData: Buffer;
  /** PEM; one of the certificate authorities that the machine trusts, as Debian trusts Amazon's. */
  readonly trusted: string;
  /** apt's proxy, in place of the internet; only for a machine that installs packages. */
  readonly aptProxy?: string;
  /** Default: 1,024 MiB. */
  readonly diskMiB?: number;
}

/** Files that the lab adds to a machine, and that are not part of its image. */
const labFiles = { seed: "var/lib/cloud/seed/nocloud", aptProxy: "etc/apt/apt.conf.d/90lab-proxy" } as const;

/**
 * The lab's kernel has no NFS client. This script replaces the helper that mount(8) runs, and connects through the
 * TLS tunnel.
 */
const nfsHelper = `#!/usr/bin/python3
import os, socket, sys, time
port = int(dict(each.split("=") for each in sys.argv[sys.argv.index("-o") + 1].split(",") if "=" in each)["port"])
for _ in range(500):
    try:
        greeting = socket.create_connection(("127.0.0.1", port), 2).makefile().readline()
    except OSError:
        greeting = ""
    if greeting == "EFS\\n":
        os.execvp("mount", ["mount", "--bind", "/efs", sys.argv[2]])
    time.sleep(0.02)
sys.exit("no file system behind the tunnel")
`;

/** A machine like an EC2 instance: an image, a network interface, user data and power. */
export class Machine {
  private power: ChildProcess | undefined;
  private boots = 0;

  private constructor(
    readonly name: string,
    readonly address: string,
    readonly root: string,
    private readonly namespace: string,
  ) {}

  /** Creates the machine, which is off. */
  static async make(options: Options): Promise<Machine> {
    const { name, address, image, userData, trusted, aptProxy, diskMiB = 1_024 } = options;
    const root = await makeRoot(name, image, diskMiB);
    const namespace = await plugIn(name, address);
    put(root, `${labFiles.seed}/meta-data`, `instance-id: i-${name}\nlocal-hostname: ${name}\n`);
    put(root, `${labFiles.seed}/user-data`, userData);
    if (aptProxy !== undefined) put(root, labFiles.aptProxy, `Acquire::http::Proxy "${aptProxy}";\n`);
    put(
      root,
      "etc/cloud/cloud.cfg.d/99_lab.cfg",
      "network: {config: disabled}\ndatasource_list: [NoCloud, None]\n",
    );
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
    put(root, "etc/resolv.conf", `nameserver ${addresses.router}\n`);
    const trust = "etc/ssl/certs/ca-certificates.crt";
    put(root, trust, readFileSync(join(root, trust), "utf8") + trusted);
    // Registered with dpkg: otherwise the package of the real helper would overwrite the lab's.
    const divert = ["dpkg-divert", "--local", "--no-rename", "--quiet", "--add", "/usr/sbin/mount.nfs4"];
    await run(chrooted(root, divert));
    put(root, "usr/sbin/mount.nfs4", nfsHelper, 0o755);
    const pipes = join(root, "etc/systemd/system/run-rpc_pipefs.mount");
    rmSync(pipes, { force: true });
    symlinkSync("/dev/null", pipes);
    return new Machine(name, address, root, namespace);
  }

  get console(): string {
    return readFileSync(this.consoleFile, "utf8");
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
    this.power = start(
      [
        ...["systemd-nspawn", "--quiet", "--boot", "--directory", this.root, "--machine", `lab-${this.name}`],
        ...[
          "--network-namespace-path",
          this.namespace,
          "--register=no",
          "--keep-unit",
          "--console=read-only",
        ],
        ...["--resolv-conf=off", "--timezone=off", "--link-journal=no"],
        `--bind=${join(labFolder, "efs")}:/efs`,
      ],
      this.consoleFile,
    );
  }

  /** Cuts the power: no process can clean up. */
  async crash(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Stops the machine as a user or AWS stops an instance. */
  async powerOff(): Promise<void> {
    // SIGRTMIN+4 makes the init process of a container power off.
    await this.end("SIGRTMIN+4");
  }

  async waitForPowerOff(seconds: number): Promise<void> {
    const { power } = this;
    if (power === undefined) return;
    await waitFor(`${this.name} powers off`, seconds, () => (power.exitCode === null ? undefined : true));
    this.power = undefined;
  }

  /** Removes from the disk of a stopped machine what must not be in an image. */
  takeLabFilesAway(): void {
    for (const path of Object.values(labFiles))
      rmSync(join(this.root, path), { recursive: true, force: true });
  }

  /** Deletes the machine. */
  async remove(): Promise<void> {
    if (this.power !== undefined) await this.crash();
    await run(["ip", "netns", "delete", `lab-${this.name}`]);
    await removeRoot(this.name);
  }

  /** Runs a command on the machine; it must succeed. */
  async run(...command: readonly string[]): Promise<string> {
    return await run([...(await this.inside()), ...command]);
  }

  async attempt(...command: readonly string[]): Promise<Outcome> {
    return await attempt([...(await this.inside()), ...command]);
  }

  private get consoleFile(): string {
    return join(logFolder, `console-${this.name}.log`);
  }

  private async inside(): Promise<readonly string[]> {
    const init = await this.initPid();
    return [
      "nsenter",
      "--target",
      init,
      "--mount",
      "--uts",
      "--ipc",
      "--net",
      "--pid",
      "--root",
      "--wd",
      "--",
      "env",
      "--unset=TMPDIR",
    ];
  }

  /** The process id as this process sees it. */
  async initPid(): Promise<string> {
    const pid = this.power?.pid;
    if (pid === undefined) throw new Error(`${this.name} is off.`);
    return await waitFor(`${this.name} has an init process`, 10, () => {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
      return children === "" ? undefined : children.split(" ")[0];
    });
  }

  private async end(signal: string): Promise<void> {
    const { power } = this;
    if (power === undefined) return;
    await run(["kill", "-s", signal.replace(/^SIG/, ""), await this.initPid()]);
    await ended(power);
    this.power = undefined;
  }
}
