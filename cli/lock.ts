import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { uptime } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { codeOf } from "./failure";
import { parseJson, z } from "./json";

const holderSchema = z.object({
  id: z.string(),
  pid: z.int().positive(),
  since: z.iso.datetime(),
  doing: z.string(),
});

/** Who holds a lock: a process, what it does, and since when (ISO 8601). */
export type Holder = z.output<typeof holderSchema>;

/** A lock that is ours until released. */
export interface Lock {
  readonly release: () => Promise<void>;
}

/** Takes the lock, or tells who has it. A lock whose owner is dead is no lock. */
export async function tryLock(file: string, doing: string): Promise<Lock | Holder> {
  await mkdir(path.dirname(file), { recursive: true });
  const lock = { release: () => rm(file, { force: true }) };
  const mine: Holder = { id: randomUUID(), pid: process.pid, since: new Date().toISOString(), doing };
  if (await create(file, mine)) return lock;
  const holder = await readHolder(file);
  if (holder !== undefined && isAlive(holder)) return holder;
  await rm(file, { force: true });
  if (await create(file, mine)) {
    // Another process may have seen the same dead owner and removed our file in its place. It does so at once.
    await sleep(50);
    const now = await readHolder(file);
    if (now?.id === mine.id) return lock;
  }
  return tryLock(file, doing);
}

/** Makes the lock's file if there is none. */
async function create(file: string, mine: Holder): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(mine), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Waits for the lock as long as it takes; `onWait` hears once who has it. */
export async function waitForLock(
  file: string,
  doing: string,
  onWait: (holder: Holder) => void,
): Promise<Lock> {
  for (let told = false; ; told = true) {
    const taken = await tryLock(file, doing);
    if ("release" in taken) return taken;
    if (!told) onWait(taken);
    await sleep(250);
  }
}

/** Whether the process still runs, and is not a later one that got the same number after a restart. */
function isAlive(holder: Holder): boolean {
  const startedAt = Date.now() - uptime() * 1000;
  return Date.parse(holder.since) >= startedAt && processExists(holder.pid);
}

/** Whether any process of this machine has this number. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, but another user's.
    return codeOf(error) === "EPERM";
  }
}

/** A file that another process has just made may still be empty: it is given a moment to be written. */
async function readHolder(file: string): Promise<Holder | undefined> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      const holder = parseJson(holderSchema, await readFile(file, "utf8"));
      if (holder !== undefined) return holder;
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    }
    await sleep(25);
  }
  return undefined;
}
