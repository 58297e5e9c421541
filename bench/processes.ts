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
    const watched = new Set([...(await familyOf(root)), ...others]);
    const read = await Promise.all([...watched].map(readProcess));
    const states = read.flatMap((state) => state ?? []);
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

/**
 * The process and its descendants. It asks the kernel for each one's children: to read all processes of the machine four
 * times a second would take as much CPU time as what is measured.
 */
export async function familyOf(root: number): Promise<readonly number[]> {
  const family = [root];
  for (const pid of family) family.push(...(await childrenOf(pid)));
  return family;
}

/** @see https://man7.org/linux/man-pages/man5/proc_tid_children.5.html */
async function childrenOf(pid: number): Promise<readonly number[]> {
  // Each thread has its own.
  const threads = await unlessEnded(readdir(`/proc/${pid}/task`));
  const lists = await Promise.all(
    (threads ?? []).map((thread) => unlessEnded(readFile(`/proc/${pid}/task/${thread}/children`, "utf8"))),
  );
  return lists.flatMap((list = "") => list.split(" ").filter(Boolean).map(Number));
}

async function readProcess(pid: number): Promise<ProcessState | undefined> {
  const files = ["stat", "cmdline", "statm"].map((file) => readFile(`/proc/${pid}/${file}`, "utf8"));
  const read = await unlessEnded(Promise.all(files));
  if (read === undefined) return undefined;
  const [stat = "", commandLine = "", memory = ""] = read;
  return stateOf(stat, commandLine, memory);
}

/** @returns undefined for a process or thread that has ended in the meantime */
async function unlessEnded<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && ["ENOENT", "ESRCH"].includes(String(error.code))) {
      return undefined;
    }
    throw error;
  }
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
    commandLine: commandLine.replaceAll("\0", " "),
    cpuSeconds: sum(ticks) / ticksPerSecond,
    megabytes: (Number(memory.split(" ")[1]) * bytesPerPage) / 1e6,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
