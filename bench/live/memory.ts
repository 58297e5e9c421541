import { readdirSync, readFileSync } from "node:fs";

import { codeOf } from "../../cli/failure";

/** The proportional share of memory of one process. */
export interface ProcessMemory {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly mebibytes: number;
}

/** All processes that this user may read. A process that ends meanwhile is left out. */
export function memoryByProcess(): readonly ProcessMemory[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => memoryOf(Number(name)) ?? []);
}

function memoryOf(pid: number): ProcessMemory | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may contain spaces.
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    const share = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
    return { pid, parent, command, mebibytes: Number(share ?? 0) / 1024 };
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES"].includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}

/** The sum over a process and everything that it started. */
export function sumOf(root: number, processes: readonly ProcessMemory[]): number {
  const own = processes.find(({ pid }) => pid === root)?.mebibytes ?? 0;
  const children = processes.filter(({ parent }) => parent === root);
  return children.reduce((sum, { pid }) => sum + sumOf(pid, processes), own);
}

/** Everything that a process started. */
export function descendantsOf(root: number, processes: readonly ProcessMemory[]): readonly ProcessMemory[] {
  const children = processes.filter(({ parent }) => parent === root);
  return children.flatMap((child) => [child, ...descendantsOf(child.pid, processes)]);
}

/** The init processes of the machines of a host process. */
export function machinesBelow(root: number, processes: readonly ProcessMemory[]): readonly ProcessMemory[] {
  return descendantsOf(root, processes).filter(({ command }) =>
    /^\/(usr\/)?(lib\/systemd\/systemd|sbin\/init)( |$)/.test(command),
  );
}
