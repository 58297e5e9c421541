import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { messageOf } from "../../../cli/failure";
import type { Cgroup } from "../box/cgroup";
import { run } from "../command";
import type { Console } from "./console";
import { coresOf } from "./cpu";
import type { Disk } from "./disk";
import type { MachineHost, Wanted } from "./host";
import { hasStarted } from "./inside";
import { privateName } from "./machineFiles";
import type { MachineReports } from "./machineReports";
import { memoryOf } from "./memory";
import { macOf } from "./metadataTree";
import { powerOn, type Power } from "./power";

const pollMilliseconds = 500;
/** EC2's status check fails when the system does not answer for some minutes. */
const startMilliseconds = 5 * 60_000;

/** A machine that is on. */
export interface Running {
  readonly power: Power;
  readonly init: number;
  readonly cgroup: Cgroup;
  /** Cores that it may use now. */
  cores: number;
  /** EC2 rebooted it: however it ends, it boots again. */
  mustReboot: boolean;
  hasEnded: boolean;
}

/** Connects the machine, mounts its disk and powers it on. Resolves when its systemd runs. */
export async function startMachine(
  host: Pick<MachineHost, "network" | "cgroups" | "trusted">,
  { instance, region, resolver }: Wanted,
  disk: Disk,
  console: Pick<Console, "write">,
): Promise<Running> {
  const { id, interfaces, vpcId, type } = instance;
  const [primary] = interfaces;
  const namespace = await host.network.attach(id, vpcId, interfaces);
  if (primary !== undefined) {
    await run(["ip", "-n", namespace, "link", "set", "dev", "eth0", "address", macOf(primary.id)]);
  }
  const root = await disk.mount({ instance, region, resolver, trusted: host.trusted });
  const cgroup = host.cgroups.create(`machine-${id}`);
  cgroup.setMemory(memoryOf(type) * 2 ** 20);
  const power = powerOn({
    root,
    hostName: privateName(primary?.privateIp ?? id, region).split(".")[0] ?? id,
    namespace,
    pidFile: join(disk.folder, "pid"),
    shared: disk.shares.folder,
    cgroup,
    onConsole: (text) => {
      console.write(text);
    },
  });
  return {
    power,
    init: await power.init(),
    cgroup,
    cores: cpus().length,
    mustReboot: false,
    hasEnded: false,
  };
}

/** Reports the instance status check, and sets the CPU quota once everything has started. */
export async function watchStart(
  running: Running,
  host: MachineHost,
  instanceType: string,
  reports: MachineReports,
): Promise<void> {
  reports.reportChecks("initializing");
  const deadline = Date.now() + startMilliseconds;
  while (!running.hasEnded && !existsSync(`/proc/${running.init}/root/run/dbus/system_bus_socket`)) {
    if (reports.checks !== "impaired" && Date.now() > deadline) reports.reportChecks("impaired");
    await sleep(pollMilliseconds);
  }
  if (!running.hasEnded) reports.reportChecks("ok");
  // A quota would double the time of a boot.
  while (!running.hasEnded && !(await hasStarted(running.init))) await sleep(2 * pollMilliseconds);
  if (running.hasEnded || !host.cgroups.hasQuota) return;
  running.cores = coresOf(instanceType, cpus().length);
  running.cgroup.setCores(running.cores);
}

/** Asks the machine to reboot. Like EC2, cuts its power when it does not shut down in a few minutes. */
export async function rebootMachine(
  running: Running,
  patienceMilliseconds: number,
  log: (line: string) => void,
): Promise<void> {
  running.mustReboot = true;
  await running.power.request("reboot");
  endWithin(running.power, patienceMilliseconds).catch((error: unknown) => {
    log(`reboot: ${messageOf(error)}`);
  });
}

/** Asks the machine to power off, and cuts its power when that takes longer. */
export async function endMachine({ power }: Running, patienceMilliseconds: number): Promise<void> {
  await power.request("power off");
  await endWithin(power, patienceMilliseconds);
}

async function endWithin(power: Power, milliseconds: number): Promise<void> {
  const timer = new AbortController();
  const isLate = sleep(milliseconds, true, { signal: timer.signal }).catch(() => false);
  if (await Promise.race([power.ended.then(() => false), isLate])) await power.kill();
  timer.abort();
  await power.ended;
}
