import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Figure } from "./goals";
import { BenchLab } from "./lab";
import { machinesBelow, memoryByProcess, sumOf } from "./memory";
import { BenchStack, secondsUntil } from "./stack";
import { inBox, requestsPerSecond } from "./throughput";
import { Visitor } from "./visitor";

/** Shorter than the stack's, so that the measurement takes less time: Auto Scaling replaces no server in it. */
const graceSeconds = 60;
const gibibyte = 1024;

export type Add = (figure: Figure) => void;

/** The first page with all packages from the registry. The figure does not count the emulator's own installation. */
export async function measureCold(add: Add): Promise<void> {
  const cache = await mkdtemp(path.join(tmpdir(), "bench-images-"));
  const lab = await openLab({ LIVE_CACHE: cache });
  try {
    const seconds = await timed(() => BenchStack.up(lab, "local"));
    add({ name: "first page, images from the registry", value: seconds, unit: "s", goal: { atMost: 300 } });
  } finally {
    await lab.close();
    await rm(cache, { recursive: true, force: true });
  }
}

/** Acts out the course on the stack `local`, then on four stacks at once, and measures it. */
export async function measureWarm(add: Add): Promise<void> {
  const lab = await openLab();
  try {
    const started = performance.now();
    const local = await BenchStack.up(lab, "local");
    const first = (performance.now() - started) / 1_000;
    add({ name: "first page, images there, emulator off", value: first, unit: "s", goal: { atMost: 30 } });
    await local.resize({ min: 2, desired: 2, max: 2 });
    measureMemory(lab, add);
    await measureThroughput(lab, local, add);
    await measureLoad(local, "fast pace", 45, add);
    await measurePowerCut(local, add);
    await measureFour(lab, local, add);
  } finally {
    await lab.close();
  }
}

/** Installs the emulator, and leaves it off: this part is no figure. */
async function openLab(environment?: NodeJS.ProcessEnv): Promise<BenchLab> {
  const lab = await BenchLab.open(environment);
  for (const name of ["local", "third", "fourth"]) await lab.addStack(name, {});
  await lab.addStack("second", { "emulator:pace: fast": "emulator:pace: aws" });
  await lab.command("up", "--recorded", "--json");
  await lab.command("down", "--yes", "--json");
  await lab.command("stop");
  return lab;
}

function measureMemory({ hostPid }: BenchLab, add: Add): void {
  const processes = memoryByProcess();
  const servers = machinesBelow(hostPid, processes).map(({ pid }) => sumOf(pid, processes));
  add({ name: "memory of a server", value: Math.max(...servers), unit: "MiB", goal: { atMost: 110 } });
  add({
    name: "memory of two servers, database, load balancer and region",
    value: sumOf(hostPid, processes),
    unit: "MiB",
    goal: { atMost: 0.6 * gibibyte },
  });
}

/** The site's address on loopback, against the load balancer alone: its visitors are in the region's internet. */
async function measureThroughput(lab: BenchLab, stack: BenchStack, add: Add): Promise<void> {
  const { host, address } = await stack.loadBalancer();
  const { hostname, port } = new URL(stack.site);
  const alone = { address, port: 80, host, at: inBox(lab.hostPid) };
  const through = { address: hostname, port: Number(port), host: `${hostname}:${port}` };
  // In turn: another program's load meets both.
  const rates = { alone: 0, through: 0 };
  for (let round = 0; round < 3; round += 1) {
    rates.alone += await requestsPerSecond(alone);
    rates.through += await requestsPerSecond(through);
  }
  add({
    name: "requests through the site's address / load balancer alone",
    value: rates.through / rates.alone,
    unit: "x",
    goal: { atLeast: 0.5 },
  });
}

async function measureLoad(stack: BenchStack, pace: string, atMost: number, add: Add): Promise<void> {
  await stack.resize({ min: 1, desired: 1, max: 2 });
  await stack.untilWarm();
  const started = performance.now();
  await stack.load();
  await secondsUntil(
    "a second server that serves",
    4 * atMost,
    async () => (await stack.healthy()).length === 2,
  );
  const seconds = (performance.now() - started) / 1_000;
  await stack.load(true);
  add({
    name: `\`yes\` to a second server that serves, ${pace}`,
    value: seconds,
    unit: "s",
    goal: { atMost },
  });
}

/** No alarm can start a server meanwhile: only the lost one is replaced. */
async function measurePowerCut(stack: BenchStack, add: Add): Promise<void> {
  await stack.resize({ min: 2, desired: 2, max: 2 });
  await stack.setGracePeriod(graceSeconds);
  await sleep(graceSeconds * 1_000);
  const before = await stack.members();
  const [victim = ""] = before;
  const visitor = new Visitor(stack.site);
  await sleep(1_000);
  const started = performance.now();
  await stack.cutPower(victim);
  await secondsUntil("a replacement that serves", 180, async () => {
    const healthy = await stack.healthy();
    return !healthy.includes(victim) && healthy.length === 2;
  });
  const seconds = (performance.now() - started) / 1_000;
  const errors = await visitor.stop();
  add({
    name: "power cut to a replacement that serves",
    value: seconds,
    unit: "s",
    goal: { atMost: 60 },
  });
  const atMost = await stack.healthCheckSeconds();
  add({ name: "visitors' errors after a power cut", value: errors, unit: "s", goal: { atMost } });
}

async function measureFour(lab: BenchLab, local: BenchStack, add: Add): Promise<void> {
  const names = ["second", "third", "fourth"];
  const [second, ...others] = await Promise.all(names.map((name) => BenchStack.up(lab, name)));
  if (second === undefined) throw new Error("There is no second stack.");
  const stacks = [local, second, ...others];
  await Promise.all(stacks.map((stack) => stack.resize({ min: 2, desired: 2, max: 2 })));
  const healthy = await Promise.all(stacks.map((stack) => stack.healthy()));
  add({
    name: "four stacks at once: servers that serve",
    value: healthy.flat().length,
    unit: "servers",
    goal: { atLeast: 8 },
  });
  add({
    name: "four stacks at once: memory of everything",
    value: sumOf(lab.hostPid, memoryByProcess()),
    unit: "MiB",
    goal: { atMost: 24 * gibibyte },
  });
  await measureLoad(second, "AWS's pace", 160, add);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
