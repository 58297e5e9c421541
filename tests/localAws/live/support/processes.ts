import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "../../../../cli/json";

/** The process ids of a box, from the outermost to the region's program. @param folder the emulator's */
export function boxProcesses(
  folder: string,
): Readonly<Record<"host" | "keeper" | "unshare" | "init" | "region", number>> {
  const state = z
    .object({ pid: z.int() })
    .parse(JSON.parse(readFileSync(path.join(folder, "live.json"), "utf8")));
  const host = state.pid;
  const keeper = childOf(host, "keeper.sh");
  const unshare = childOf(keeper, "unshare");
  const init = childOf(unshare, "init.sh");
  return { host, keeper, unshare, init, region: childOf(init, "region/main.ts") };
}

function childOf(pid: number, words: string): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .split(" ")
    .filter((each) => each !== "");
  const found = children.find((each) =>
    readFileSync(`/proc/${each}/cmdline`, "utf8").replaceAll("\0", " ").includes(words),
  );
  if (found === undefined) throw new Error(`Process ${pid} has no child ${words}.`);
  return Number(found);
}

/** Whether the process runs: an ended one stays in the table until its parent reads its status. */
export function runs(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, "utf8") !== "";
}
