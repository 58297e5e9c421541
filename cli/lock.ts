import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
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
  for (;;) {
    if (await create(file, mine)) return lock;
    const holder = await readHolder(file);
    if (isAlive(holder)) return holder;
    if (holder !== "none" && (await takeOver(file, mine))) return lock;
  }
}

/**
 * Replaces the lock of a process that has ended. Only the process that has created the guard may do so: of several that
 * find the same ended holder, one gets the lock.
 */
async function takeOver(file: string, mine: Holder): Promise<boolean> {
  const guard = `${file}.guard`;
  if (!(await create(guard, mine))) {
    const other = await readHolder(guard);
    if (other === "none") return false;
    if (isAlive(other)) await sleep(10);
    else await rm(guard, { force: true });
    return false;
  }
  try {
    const holder = await readHolder(file);
    if (holder === "none" || isAlive(holder)) return false;
    await withContent(file, mine, (draft) => rename(draft, file));
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

/** Creates the lock's file, with its content, if there is none. */
async function create(file: string, mine: Holder): Promise<boolean> {
  try {
    await withContent(file, mine, (draft) => link(draft, file));
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Writes the content before the file gets its name, so that no process reads half of it. */
async function withContent(
  file: string,
  mine: Holder,
  publish: (draft: string) => Promise<void>,
): Promise<void> {
  const draft = `${file}.${mine.id}`;
  await writeFile(draft, JSON.stringify(mine));
  try {
    await publish(draft);
  } finally {
    await rm(draft, { force: true });
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
function isAlive(holder: Holder | "none" | "unreadable"): holder is Holder {
  if (typeof holder === "string") return false;
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

/** `unreadable`: the file was cut off, by a full disk for example. */
async function readHolder(file: string): Promise<Holder | "none" | "unreadable"> {
  try {
    return parseJson(holderSchema, await readFile(file, "utf8")) ?? "unreadable";
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "none";
    throw error;
  }
}
