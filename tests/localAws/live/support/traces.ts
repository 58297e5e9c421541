import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** What a box could leave on this machine, outside of its namespaces. */
export interface Traces {
  readonly mounts: readonly string[];
  readonly cgroups: readonly string[];
  readonly networks: readonly string[];
  readonly interfaces: readonly string[];
  readonly sockets: readonly string[];
  readonly processes: readonly string[];
}

/** The names of a box's cgroups, socket folders and processes have the id of its folder. */
export function tracesOf(id: string): Traces {
  return {
    mounts: linesOf(readFileSync("/proc/self/mountinfo", "utf8")).map((line) => line.split(" ")[4] ?? ""),
    cgroups: foldersBelow("/sys/fs/cgroup", 4).filter((folder) => folder.includes(id)),
    networks: existsSync("/run/netns") ? readdirSync("/run/netns") : [],
    interfaces: readdirSync("/sys/class/net"),
    sockets: readdirSync(tmpdir()).filter((name) => name.includes(id)),
    processes: linesOf(execFileSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8" })).filter(
      (line) => line.includes(id) && !line.includes("ps -A"),
    ),
  };
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

function foldersBelow(folder: string, depth: number): readonly string[] {
  if (depth === 0 || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(folder, entry.name))
    .flatMap((child) => [child, ...foldersBelow(child, depth - 1)]);
}
