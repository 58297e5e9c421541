import { ChildProcess, spawnSync } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";

/** Processes that this one started and that still run; those that may outlive it are not among them. */
const running = new Set<ChildProcess>();

/** Node announces there every process that it starts. */
const newProcesses = "child_process";

/** Remembers every process that this one starts from now on, so that none is left when a command is stopped. */
export function watchChildren(): void {
  subscribe(newProcesses, (message) => {
    const child = typeof message === "object" && message !== null && "process" in message && message.process;
    if (!(child instanceof ChildProcess)) return;
    running.add(child);
    child.once("exit", () => running.delete(child));
  });
}

/** Lets a process run on when this one ends, as the emulator does. */
export function letOutlive(child: ChildProcess): void {
  running.delete(child);
  child.unref();
}

/** Ends all of them at once, with the processes that they started. */
export function endChildren(): void {
  const roots = [...running].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  if (roots.length === 0) return;
  for (const pid of withDescendants(roots, parentsByProcess())) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      // It has ended in the meantime.
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
  running.clear();
}

/** The number of each process's parent, by the process's own; empty where there is no `ps`. */
function parentsByProcess(): ReadonlyMap<number, number> {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const lines = typeof stdout === "string" ? stdout.split("\n") : [];
  return new Map(
    lines.flatMap((line) => {
      const [pid, parent] = line.trim().split(/\s+/).map(Number);
      return pid === undefined || parent === undefined ? [] : [[pid, parent] as const];
    }),
  );
}

/** Processes and all that descend from them, the first ones first: what they would start again has no parent then. */
export function withDescendants(
  roots: readonly number[],
  parents: ReadonlyMap<number, number>,
): readonly number[] {
  const found = [...roots];
  for (const root of found) {
    for (const [pid, parent] of parents) {
      if (parent === root && !found.includes(pid)) found.push(pid);
    }
  }
  return found;
}
