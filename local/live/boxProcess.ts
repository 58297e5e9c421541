import { readdirSync, readFileSync, readlinkSync } from "node:fs";

import { withDescendants } from "../../cli/children";
import { codeOf, Failure } from "../../cli/failure";

/**
 * The process id of a process in the box, as seen here.
 *
 * @param hostPid the region's host process, which started the box
 * @throws Failure when the box is not there
 */
export function processInBox(hostPid: number): number {
  const parents = new Map(processIds().flatMap((pid) => pairOf(pid)));
  const own = readlinkSync("/proc/self/ns/pid");
  const found = withDescendants([hostPid], parents).find((pid) => {
    const namespace = namespaceOf(pid);
    return namespace !== undefined && namespace !== own;
  });
  if (found === undefined)
    throw new Failure("The machines are starting or ending.", "Try again in a moment.");
  return found;
}

function processIds(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** A process and its parent; empty when it has ended. */
function pairOf(pid: number): readonly (readonly [number, number])[] {
  const stat = unlessEnded(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The name before the last parenthesis may contain spaces.
  const parent = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
  return parent === undefined ? [] : [[pid, Number(parent)]];
}

function namespaceOf(pid: number): string | undefined {
  return unlessEnded(() => readlinkSync(`/proc/${pid}/ns/pid`));
}

function unlessEnded<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    // The process has ended, or belongs to another user.
    if (["ENOENT", "ESRCH", "EACCES"].includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}
