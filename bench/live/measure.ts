import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Figure } from "./goals";
import { memoryByProcess, sumOf, type ProcessMemory } from "./memory";
import { BenchStack, secondsUntil } from "./stack";
import { requestsPerSecond } from "./throughput";

/** `healthCheckGraceSeconds` of the stack `local`. */
const graceMilliseconds = 300_000;

export type Add = (figure: Figure) => void;

/** The first page with all packages from the registry. The figure does not count the emulator's own installation. */
export async function measureCold(add: Add): Promise<void> {
  const cache = await mkdtemp(path.join(tmpdir(), "bench-images-"));
  const stack = await BenchStack.open({ LIVE_CACHE: cache });
  try {
    await stack.command("up", "--recorded", "--json");
    await stack.command("down", "--yes", "--json");
    const seconds = await timed(() => stack.up());
    add({ name: "first page, images from the registry", value: seconds, unit: "s", goal: { atMost: 300 } });
  } finally {
    await stack.close();
    await rm(cache, { recursive: true, force: true });
  }
}

/** Acts out the course on the stack `local`, and measures it. */
export async function measureWarm(add: Add): Promise<void> {
  const stack = await BenchStack.open();
  try {
    // Installs the emulator, and leaves it off: this part is no figure.
    await stack.command("up", "--recorded", "--json");
    await stack.command("down", "--yes", "--json");
    await stack.command("stop");
    let site = "";
    const first = await timed(async () => {
      site = await stack.up();
    });
    const served = performance.now();
    add({ name: "first page, images there, emulator off", value: first, unit: "s", goal: { atMost: 30 } });
    measureMemory(stack, add);
    await measureThroughput(stack, site, add);
    await measureScaling(stack, served, add);
  } finally {
    await stack.close();
  }
}

function measureMemory(stack: BenchStack, add: Add): void {
  const processes = memoryByProcess();
  const box = sumOf(stack.hostPid, processes);
  const inits = processes.filter(({ command }) =>
    /^\/(usr\/)?(lib\/systemd\/systemd|sbin\/init)\b/.test(command),
  );
  const servers = inits.filter((init) => isBelow(init, stack.hostPid, processes));
  const largest = Math.max(...servers.map(({ pid }) => sumOf(pid, processes)));
  add({ name: "memory of a server", value: largest, unit: "MiB", goal: { atMost: 110 } });
  add({
    name: "memory of two servers, database, load balancer and region",
    value: box,
    unit: "MiB",
    goal: { atMost: 0.6 * 1024 },
  });
}

function isBelow(each: ProcessMemory, root: number, all: readonly ProcessMemory[]): boolean {
  const parent = all.find(({ pid }) => pid === each.parent);
  return parent !== undefined && (parent.pid === root || isBelow(parent, root, all));
}

/** The site's address on loopback, against the load balancer's own address. */
async function measureThroughput(stack: BenchStack, site: string, add: Add): Promise<void> {
  const { host, address } = await stack.loadBalancer();
  const direct = await requestsPerSecond({ url: `http://${host}/`, connect: () => stack.dial(address, 80) });
  const through = await requestsPerSecond({ url: `${site}/` });
  add({
    name: "requests through the site's address / load balancer alone",
    value: through / direct,
    unit: "x",
    goal: { atLeast: 0.5 },
  });
}

/** @param served when the servers became healthy, by `performance.now()` */
async function measureScaling(stack: BenchStack, served: number, add: Add): Promise<void> {
  await stack.setDesired(1);
  await secondsUntil("one server", 120, async () => (await stack.machines()).length === 1);
  await stack.command("load");
  const second = await secondsUntil(
    "a second server that serves",
    160,
    async () => (await stack.healthy()) === 2,
  );
  add({
    name: "load to a second server that serves, stack local",
    value: second,
    unit: "s",
    goal: { atMost: 45 },
  });
  // Auto Scaling replaces no server in its grace period.
  await secondsUntil("the end of the grace period", 400, () =>
    Promise.resolve(performance.now() - served > graceMilliseconds),
  );
  const before = await stack.machines();
  const [victim = ""] = before;
  await stack.command("kill", victim);
  const replaced = await secondsUntil("a replacement that serves", 120, async () => {
    const ids = await stack.machines();
    // Until the health checks fail, the lost server still counts as healthy.
    const isNew = ids.some((id) => !before.includes(id));
    return isNew && !ids.includes(victim) && (await stack.healthy()) === 2;
  });
  add({ name: "power cut to a replacement that serves", value: replaced, unit: "s", goal: { atMost: 60 } });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
