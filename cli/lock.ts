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

/** The process that holds a lock, what it does, and since when (ISO 8601). */
export type Holder = z.output<typeof holderSchema>;

/** A lock that this process holds until it releases it. */
export interface Lock {
  readonly release: () => Promise<void>;
}

/** Takes the lock, or returns its holder. A lock whose process has ended counts as free. */
export async function tryLock(file: string, doing: string): Promise<Lock | Holder> {
  await mkdir(path.dirname(file), { recursive: true });
  const lock = { release: () => rm(file, { force: true }) };
  const mine: Holder = { id: randomUUID(), pid: process.pid, since: new Date().toISOString(), doing };
  if (await create(file, mine)) return lock;
  const holder = await readHolder(file);
  if (holder !== undefined && isAlive(holder)) return holder;
  await rm(file, { force: true });
  if (await create(file, mine)) {
    // Another process may have seen the same ended holder and removed our file instead. It does so at once.
    await sleep(50);
    const now = await readHolder(file);
    if (now?.id === mine.id) return lock;
  }
  return tryLock(file, doing);
}

/** Creates the lock's file if there is none. */
async function create(file: string, mine: Holder): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(mine), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Waits for the lock as long as it takes; calls `onWait` once with its holder. */
export async function waitForLock(
  file: string,
  doing: string,
  onWait: (holder: Holder) => void,
): Promise<Lock> {
  for (let reported = false; ; reported = true) {
    const taken = await tryLock(file, doing);
    if ("release" in taken) return taken;
    if (!reported) onWait(taken);
    await sleep(250);
  }
}

/** Whether the process still runs, and is not another one with the same id after a restart of the machine. */
function isAlive(holder: Holder): boolean {
  const startedAt = Date.now() - uptime() * 1000;
  return Date.parse(holder.since) >= startedAt && processExists(holder.pid);
}

/** Whether a process of this machine has this id. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    return codeOf(error) === "EPERM";
  }
}

/** A file that another process has just created may still be empty, so reading is repeated for a moment. */
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
