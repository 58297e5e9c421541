import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { codeOf } from "../../cli/failure";

/** A process that ends with the one that started it, such as an emulator, gets this time to notice. */
const graceMilliseconds = 3_000;
const pollMilliseconds = 50;

/**
 * Ends every process that has this variable with this value in its environment, whatever started it. Linux only:
 * elsewhere none is found.
 *
 * @returns their command lines; processes that end by themselves within 3 s are not among them
 */
export async function endLeftovers(variable: string, value: string): Promise<readonly string[]> {
  const marked = () => processesWith(`${variable}=${value}`);
  const deadline = performance.now() + graceMilliseconds;
  let left = await marked();
  while (left.length > 0 && performance.now() < deadline) {
    await sleep(pollMilliseconds);
    left = await marked();
  }
  const commands = await Promise.all(left.map((pid) => readOf(pid, "cmdline")));
  for (const pid of left) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if (codeOf(error) !== "ESRCH") throw error;
    }
  }
  return commands.map((command) => command.replaceAll("\0", " ").trim());
}

async function processesWith(setting: string): Promise<readonly number[]> {
  if (!existsSync("/proc/self/environ")) return [];
  const ids = (await readdir("/proc")).map(Number).filter((id) => id > 0 && id !== process.pid);
  const environments = await Promise.all(ids.map((id) => readOf(id, "environ")));
  return ids.filter((_, index) => environments[index]?.split("\0").includes(setting) === true);
}

/** Empty for a process that has ended, or is another user's. */
async function readOf(pid: number, file: string): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/${file}`, "utf8");
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ESRCH" || code === "EACCES" || code === "EPERM") return "";
    throw error;
  }
}
