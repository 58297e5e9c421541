import { existsSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { codeOf } from "../../../cli/failure";
import type { CgroupFolders, Controller } from "./cgroupFolders";

/** A set of processes, as a machine has, that is measured and ended together. */
export interface Cgroup {
  /** A process writes its id into each of them to enter. */
  readonly procsFiles: readonly string[];
  /** CPU time used so far. */
  readonly usageMicroseconds: () => number;
  /** Time so far in which at least one process waited for a CPU. */
  readonly waitedMicroseconds: () => number;
  /** Limits the CPU to so many cores; undefined: no limit. Without a cpu controller it has no effect. */
  readonly setCores: (cores: number | undefined) => void;
  /** Limits the memory. Without a memory controller it has no effect. */
  readonly setMemory: (bytes: number) => void;
  /** Ends all processes, and waits until they are gone. */
  readonly kill: () => Promise<void>;
  /** Removes the empty cgroup. */
  readonly remove: () => Promise<void>;
}

const periodMicroseconds = 100_000;
const pollMilliseconds = 20;
const patienceMilliseconds = 10_000;

/** The folders of one cgroup. */
export interface OwnFolders {
  readonly unified: string;
  readonly v1: CgroupFolders["v1"];
}

/** @param limits the controllers that apply to it, in v2 or in v1 */
export function openCgroup({ unified, v1 }: OwnFolders, limits: ReadonlySet<Controller>): Cgroup {
  const folders = [unified, ...Object.values(v1)];
  return {
    procsFiles: folders.map((folder) => path.join(folder, "cgroup.procs")),
    usageMicroseconds: () => numberAfter(readFileSync(path.join(unified, "cpu.stat"), "utf8"), "usage_usec "),
    waitedMicroseconds: () => {
      const file = path.join(unified, "cpu.pressure");
      // A kernel without PSI (psi=0) has no such file.
      return existsSync(file) ? numberAfter(readFileSync(file, "utf8"), "total=") : 0;
    },
    setCores: (cores) => {
      if (!limits.has("cpu")) return;
      const quota = cores === undefined ? undefined : Math.round(cores * periodMicroseconds);
      if (v1.cpu === undefined) {
        writeFileSync(path.join(unified, "cpu.max"), `${quota ?? "max"} ${periodMicroseconds}`);
      } else {
        writeFileSync(path.join(v1.cpu, "cpu.cfs_period_us"), `${periodMicroseconds}`);
        writeFileSync(path.join(v1.cpu, "cpu.cfs_quota_us"), `${quota ?? -1}`);
      }
    },
    setMemory: (bytes) => {
      if (!limits.has("memory")) return;
      const file =
        v1.memory === undefined
          ? path.join(unified, "memory.max")
          : path.join(v1.memory, "memory.limit_in_bytes");
      writeFileSync(file, String(bytes));
    },
    kill: async () => {
      await killIn(unified);
    },
    remove: async () => {
      for (const folder of folders) await removeTree(folder);
    },
  };
}

/** The number after the first occurrence of the words. */
function numberAfter(text: string, words: string): number {
  const found = new RegExp(`${words}(\\d+)`).exec(text)?.[1];
  if (found === undefined) throw new Error(`No "${words}" in the cgroup's file: ${text}`);
  return Number(found);
}

/** Ends all processes below the folder: at once in v2, one after another in v1. */
export async function killIn(folder: string): Promise<void> {
  const deadline = Date.now() + patienceMilliseconds;
  const all = path.join(folder, "cgroup.kill");
  while (processesIn(folder).length > 0) {
    if (existsSync(all)) writeFileSync(all, "1");
    else for (const pid of processesIn(folder)) killProcess(Number(pid));
    if (Date.now() > deadline)
      throw new Error(`The processes of ${folder} do not end: ${processesIn(folder).join(", ")}`);
    await sleep(pollMilliseconds);
  }
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

function processesIn(folder: string): readonly string[] {
  return [folder, ...descendantsOf(folder)].flatMap((each) => wordsIn(path.join(each, "cgroup.procs")));
}

/** Removes the folder and those in it, which a machine's own systemd made. */
export async function removeTree(folder: string): Promise<void> {
  const deadline = Date.now() + patienceMilliseconds;
  for (const each of [...descendantsOf(folder).toReversed(), folder]) {
    for (;;) {
      try {
        rmdirSync(each);
        break;
      } catch (error) {
        if (codeOf(error) === "ENOENT") break;
        // A process that has just ended leaves its cgroup a moment later.
        if (codeOf(error) !== "EBUSY" || Date.now() > deadline) throw error;
        await sleep(pollMilliseconds);
      }
    }
  }
}

/** The folders below, parents first. */
function descendantsOf(folder: string): readonly string[] {
  return childrenOf(folder).flatMap((child) => [child, ...descendantsOf(child)]);
}

export function childrenOf(folder: string): readonly string[] {
  return unlessGone(() => readdirSync(folder, { withFileTypes: true }), [])
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(folder, entry.name));
}

export function wordsIn(file: string): readonly string[] {
  return unlessGone(() => readFileSync(file, "utf8"), "")
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** A cgroup may vanish at any time: its files then answer ENOENT or ENODEV. */
function unlessGone<T>(read: () => T, gone: T): T {
  try {
    return read();
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENODEV") return gone;
    throw error;
  }
}
