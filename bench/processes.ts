import { readdir, readFile } from "node:fs/promises";

/** The resources that processes used between the first and the last sample. */
export interface Usage {
  /** CPU time of all processes, including ended ones, in user and kernel mode. */
  readonly cpuSeconds: number;
  /** The peak memory of all processes together. */
  readonly peakMegabytes: number;
  /** The peak memory of one process, by kind. */
  readonly peakMegabytesOfOne: ReadonlyMap<string, number>;
  /** The memory of the processes that run at the end. */
  readonly megabytesAtEnd: number;
}

/** One process as Linux shows it. */
export interface ProcessState {
  readonly parent: number;
  readonly commandLine: string;
  /** The CPU time of the process and of its ended children. */
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

const lookEveryMilliseconds = 250;
/** Linux counts CPU time for programs in hundredths of a second, on every machine. */
const ticksPerSecond = 100;

/**
 * Watches a process with its descendants, and further ones, e.g. a server that they use. Linux only.
 */
export function watchProcesses(
  root: number,
  others: readonly number[],
): { readonly stop: () => Promise<Usage> } {
  let before: number | undefined;
  let cpuSeconds = 0;
  let peakMegabytes = 0;
  let megabytesAtEnd = 0;
  const peakMegabytesOfOne = new Map<string, number>();
  const look = async () => {
    const all = await readProcesses();
    const watched = familyOf(root, all);
    for (const pid of others) watched.add(pid);
    const states = [...watched].flatMap((pid) => all.get(pid) ?? []);
    const cpu = sum(states.map((state) => state.cpuSeconds));
    before ??= cpu;
    // The values are lower than in the last sample: the root has ended, and its counters are lost.
    cpuSeconds = Math.max(cpuSeconds, cpu - before);
    megabytesAtEnd = sum(states.map(({ megabytes }) => megabytes));
    peakMegabytes = Math.max(peakMegabytes, megabytesAtEnd);
    for (const { commandLine, megabytes } of states) {
      const kind = kindOf(commandLine);
      peakMegabytesOfOne.set(kind, Math.max(peakMegabytesOfOne.get(kind) ?? 0, megabytes));
    }
  };
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, lookEveryMilliseconds);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
      await look();
      return { cpuSeconds, peakMegabytes, peakMegabytesOfOne, megabytesAtEnd };
    },
  };
}

/** The purpose of a process. */
export function kindOf(commandLine: string): string {
  if (commandLine.includes("students/work/worker")) return "worker";
  if (commandLine.includes("overlay")) return "emulator";
  if (/^\S*pulumi\s/.test(commandLine)) return "engine";
  return "other";
}

/** The process and its descendants. */
export function familyOf(root: number, all: ReadonlyMap<number, ProcessState>): Set<number> {
  const family = new Set([root]);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const [pid, { parent }] of all) if (family.has(parent)) family.add(pid);
  }
  return family;
}

async function readProcesses(): Promise<ReadonlyMap<number, ProcessState>> {
  const names = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const read = await Promise.all(
    names.map(async (name) => {
      const files = ["stat", "cmdline", "statm"].map((file) => readFile(`/proc/${name}/${file}`, "utf8"));
      // It has ended in the meantime.
      const [stat, commandLine, memory] = await Promise.allSettled(files);
      if (stat?.status !== "fulfilled" || commandLine?.status !== "fulfilled") return [];
      if (memory?.status !== "fulfilled") return [];
      return [[Number(name), stateOf(stat.value, commandLine.value, memory.value)] as const];
    }),
  );
  return new Map(read.flat());
}

const bytesPerPage = 4_096;

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export function stateOf(stat: string, commandLine: string, memory: string): ProcessState {
  // The name in brackets may contain anything; the numbers follow the last bracket.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const ticks = [11, 12, 13, 14].map((index) => fields[index] ?? 0);
  return {
    parent: fields[1] ?? 0,
    commandLine: commandLine.replaceAll("\0", " "),
    cpuSeconds: sum(ticks) / ticksPerSecond,
    megabytes: (Number(memory.split(" ")[1]) * bytesPerPage) / 1e6,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
