import { ChildProcess, spawnSync } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";

/** Running processes that this one started, except those that may outlive it. */
const running = new Set<ChildProcess>();

/** Node publishes every new child process on this diagnostics channel. */
const newProcesses = "child_process";

/** Records every process that this one starts from now on, so that a stopped command leaves none. */
export function watchChildren(): void {
  subscribe(newProcesses, (message) => {
    const child = typeof message === "object" && message !== null && "process" in message && message.process;
    if (!(child instanceof ChildProcess)) return;
    running.add(child);
    child.once("exit", () => running.delete(child));
  });
}

/** Lets a process, such as the emulator, continue when this one ends. */
export function letOutlive(child: ChildProcess): void {
  running.delete(child);
  child.unref();
}

/** Ends all recorded processes at once, with their descendants. */
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

/** Each process's parent, by process id; empty on a machine without `ps`. */
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

/** Processes and their descendants, parents first: an ended parent cannot restart its children. */
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
