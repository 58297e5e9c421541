import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { withDescendants } from "../../../cli/children";
import { codeOf } from "../../../cli/failure";
import { type Cgroup, killProcess } from "./cgroup";

/** In the box's own /run: it ends with the box. */
const folder = "/run/process-groups";
/** The kernel's unit of CPU times in /proc is 10 ms, on every architecture. */
const microsecondsPerTick = 10_000;
const pollMilliseconds = 20;

/** What /proc says of one process. */
export interface ProcessTimes {
  readonly pid: number;
  readonly parent: number;
  /** Ended, and its parent has not read its exit status. */
  readonly hasEnded: boolean;
  /** CPU time of the process and of its children that have ended. */
  readonly usageMicroseconds: number;
  /** Time in the run queue. */
  readonly waitedMicroseconds: number;
}

/**
 * Replaces a cgroup for a user without a delegated one: the process that entered and all its descendants, measured from
 * /proc. The process that enters must stay: it adopts what its descendants leave, as an init process does.
 */
export function makeProcessGroup(name: string, read: () => readonly ProcessTimes[] = readProcesses): Cgroup {
  const file = path.join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, "");
  const entered = (): readonly number[] =>
    readFileSync(file, "utf8")
      .split(/\s+/)
      .filter((word) => word !== "")
      .map(Number);
  const members = (): readonly ProcessTimes[] => {
    const all = read();
    const alive = new Map(all.map((each) => [each.pid, each]));
    const parents = new Map(all.map(({ pid, parent }) => [pid, parent]));
    return withDescendants(entered(), parents).flatMap((pid) => alive.get(pid) ?? []);
  };
  let usage = 0;
  let waited = 0;
  let lastWait = new Map<number, number>();
  return {
    procsFiles: [file],
    usageMicroseconds: () => {
      const now = members().reduce((sum, each) => sum + each.usageMicroseconds, 0);
      // The time of a process whose parent ignored its end is lost: the sum may shrink.
      usage = Math.max(usage, now);
      return usage;
    },
    waitedMicroseconds: () => {
      const current = new Map(members().map((each) => [each.pid, each.waitedMicroseconds]));
      for (const [pid, wait] of current) waited += Math.max(0, wait - (lastWait.get(pid) ?? 0));
      lastWait = current;
      return waited;
    },
    setCores: () => undefined,
    kill: async () => {
      const alive = (): readonly ProcessTimes[] => members().filter(({ hasEnded }) => !hasEnded);
      for (let left = alive(); left.length > 0; left = alive()) {
        for (const { pid } of left) killProcess(pid);
        await sleep(pollMilliseconds);
      }
    },
    remove: () => {
      rmSync(file, { force: true });
      return Promise.resolve();
    },
  };
}

function readProcesses(): readonly ProcessTimes[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [
          timesOf(readFileSync(`/proc/${pid}/stat`, "utf8"), readFileSync(`/proc/${pid}/schedstat`, "utf8")),
        ];
      } catch (error) {
        // It has just ended.
        if (codeOf(error) === "ENOENT" || codeOf(error) === "ESRCH") return [];
        throw error;
      }
    });
}

/** Reads the lines of /proc/PID/stat and schedstat. The program's name in the first may have spaces and parentheses. */
export function timesOf(stat: string, schedstat: string): ProcessTimes {
  const pid = Number(stat.slice(0, stat.indexOf(" ")));
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // From the third field of proc_pid_stat(5) on: 4 is the parent, 14 to 17 are utime, stime, cutime, cstime.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return {
    pid,
    parent: Number(fields[1]),
    hasEnded: fields[0] === "Z",
    usageMicroseconds: ticks * microsecondsPerTick,
    waitedMicroseconds: Number(schedstat.split(" ")[1]) / 1_000,
  };
}
