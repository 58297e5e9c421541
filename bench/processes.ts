import { readdir, readFile } from "node:fs/promises";

/** What some processes used, from when they were first looked at until the last look. */
export interface Usage {
  /** Of all of them and of those that ended meanwhile, in user and kernel mode. */
  readonly cpuSeconds: number;
  /** The most memory that all of them had at once. */
  readonly peakMegabytes: number;
  /** The most that one process of a kind had, by kind. */
  readonly peakMegabytesOfOne: ReadonlyMap<string, number>;
  /** What those have that still run at the end. */
  readonly megabytesAtEnd: number;
}

/** One process as Linux shows it. */
export interface ProcessState {
  readonly parent: number;
  readonly commandLine: string;
  /** Its own and that of its children that have ended and been waited for. */
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

const lookEveryMilliseconds = 250;
/** Linux counts CPU time for programs in hundredths of a second, on every machine. */
const ticksPerSecond = 100;

/**
 * Watches a process and all that descend from it, and others besides, e.g. a server that they use.
 * Only Linux shows processes in this way.
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
    // Less than at the last look: the root has ended, with all that it had counted.
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

/** What a process is for. */
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
      // One that has ended in this moment is none.
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
  // A name in brackets may hold anything; what counts stands after the last of them.
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
