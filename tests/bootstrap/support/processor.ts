import { readdirSync, readFileSync } from "node:fs";

/** Seconds of processor time so far, summed over processors. */
export interface ProcessorTime {
  /** Time of all processes of this namespace, including ended ones. */
  readonly own: number;
  /** Busy time of the whole machine, including other users of its processors (steal time). */
  readonly busy: number;
  /** Available time, busy and idle. */
  readonly total: number;
}

/** Linux's unit of processor time, USER_HZ: 100 on every architecture that the rig runs on. */
const ticksPerSecond = 100;

/** User and system time of a process and of the children that it has waited for; 0 when it has just ended. */
function ticksOf(pid: string): number {
  let line: string;
  try {
    line = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return 0;
  }
  // The name in parentheses may itself contain spaces and parentheses.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0);
}

/** Reads the processors' time. Needs a /proc of this PID namespace: `own` is the sum of its processes. */
export function processorTime(): ProcessorTime {
  const own = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, pid) => sum + ticksOf(pid), 0);
  const [, ...columns] = (readFileSync("/proc/stat", "utf8").split("\n")[0] ?? "").split(/\s+/);
  // user nice system idle iowait irq softirq steal; guests are counted in user and nice already.
  const ticks = columns.slice(0, 8).map(Number);
  const total = ticks.reduce((sum, each) => sum + each, 0);
  const idle = (ticks[3] ?? 0) + (ticks[4] ?? 0);
  return { own: own / ticksPerSecond, busy: (total - idle) / ticksPerSecond, total: total / ticksPerSecond };
}

/** The use of the processors between two readings. */
export interface ProcessorUse {
  readonly ownSeconds: number;
  /** The share of the available time that others used: 0 to 1. */
  readonly othersShare: number;
}

export function processorUse(from: ProcessorTime, to: ProcessorTime): ProcessorUse {
  const ownSeconds = Math.max(0, to.own - from.own);
  const total = to.total - from.total;
  const others = Math.max(0, to.busy - from.busy - ownSeconds);
  return { ownSeconds, othersShare: total > 0 ? others / total : 0 };
}
