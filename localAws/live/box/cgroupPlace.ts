import { mkdirSync, readFileSync, writeFileSync, accessSync, constants } from "node:fs";
import path from "node:path";

import { codeOf } from "../../../cli/failure";
import { openCgroups } from "./cgroups";

/** Where the box may make cgroups, and what it cannot do there. */
export interface CgroupPlace {
  /** A folder of cgroup v2 for the machines: ends, measures and observes them. */
  readonly unified: string | undefined;
  /** A folder of cgroup v1's `cpu` controller, on systems where v2 does not have it. */
  readonly cpu: string | undefined;
  /** What the machines' limits lack; undefined when they apply. */
  readonly limits: string | undefined;
}

/** A mounted cgroup hierarchy and this process's folder in it. */
interface Hierarchy {
  readonly mountPoint: string;
  readonly own: string;
}

interface Hierarchies {
  /** cgroup v2. */
  readonly unified: Hierarchy | undefined;
  /** The hierarchy of cgroup v1 with the cpu controller. */
  readonly cpu: Hierarchy | undefined;
}

/** Pure: takes the contents of two files of /proc/self. */
export function hierarchies(mountinfo: string, cgroup: string): Hierarchies {
  const mounts = mountinfo.split("\n").flatMap((line) => {
    const [before = "", after = ""] = line.split(" - ");
    const [, , , root = "", mountPoint = ""] = before.split(" ");
    const [type = "", , options = ""] = after.split(" ");
    return type.startsWith("cgroup") ? [{ root, mountPoint, type, options: options.split(",") }] : [];
  });
  const memberships = cgroup.split("\n").flatMap((line) => {
    const [, id = "", controllers = "", own = ""] = /^(\d+):([^:]*):(.*)$/.exec(line) ?? [];
    return id === "" ? [] : [{ controllers: controllers.split(","), isUnified: id === "0", own }];
  });
  const find = (
    mount: (typeof mounts)[number] | undefined,
    membership: (typeof memberships)[number] | undefined,
  ): Hierarchy | undefined => {
    if (mount === undefined || membership === undefined) return undefined;
    // A container may see a part of the hierarchy only: its mount's root is that part.
    const relative = path.posix.relative(mount.root, membership.own);
    if (relative.startsWith("..")) return undefined;
    return { mountPoint: mount.mountPoint, own: path.posix.join(mount.mountPoint, relative) };
  };
  return {
    unified: find(
      mounts.find(({ type }) => type === "cgroup2"),
      memberships.find(({ isUnified }) => isUnified),
    ),
    cpu: find(
      mounts.find(({ type, options }) => type === "cgroup" && options.includes("cpu")),
      memberships.find(({ controllers }) => controllers.includes("cpu")),
    ),
  };
}

/**
 * Makes the box's cgroup folders, below the cgroup of this process. What this user may not do is left out.
 *
 * @param name unique among all boxes of this machine
 */
export function makeCgroups(name: string): CgroupPlace {
  const found = ownHierarchies();
  const unified = found.unified === undefined ? undefined : makeFolder(found.unified.own, name);
  if (found.unified !== undefined && unified !== undefined && enableCpu(found.unified, unified)) {
    return { unified, cpu: undefined, limits: undefined };
  }
  const cpu = found.cpu === undefined ? undefined : makeFolder(found.cpu.own, name);
  return { unified, cpu, limits: limitsOf(unified, cpu) };
}

/** Ends and removes what boxes left whose names begin so. */
export async function sweepCgroups(prefix: string): Promise<void> {
  const { unified, cpu } = ownHierarchies();
  await openCgroups({ cgroup: unified?.own ?? null, cpuCgroup: cpu?.own ?? null }).sweep(prefix);
}

/** The hierarchies in which this process is. */
export function ownHierarchies(): Hierarchies {
  return hierarchies(readFileSync("/proc/self/mountinfo", "utf8"), readFileSync("/proc/self/cgroup", "utf8"));
}

function limitsOf(unified: string | undefined, cpu: string | undefined): string | undefined {
  if (unified === undefined || cpu !== undefined) return undefined;
  return "No cpu controller is delegated: CPU quotas do not apply, and a machine may use every core.";
}

const refusals = new Set(["EACCES", "EPERM", "EROFS", "ENOENT"]);

function makeFolder(parent: string, name: string): string | undefined {
  const folder = path.join(parent, name);
  try {
    // A process moves between two cgroups only when its user may write to their common ancestor.
    accessSync(path.join(parent, "cgroup.procs"), constants.W_OK);
    mkdirSync(folder);
    return folder;
  } catch (error) {
    if (refusals.has(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}

/** Gives v2's cpu controller to the machines. @returns whether they have it */
function enableCpu({ own, mountPoint }: Hierarchy, folder: string): boolean {
  if (!wordsOf(path.join(own, "cgroup.controllers")).includes("cpu")) return false;
  if (!wordsOf(path.join(own, "cgroup.subtree_control")).includes("cpu") && !control(own)) {
    // Only the root may have both processes and controllers for its children. Move the processes where no other program
    // manages them: in a container, and in the scope that systemd made for the box.
    if (own !== mountPoint && !own.endsWith(scopeSuffix)) return false;
    moveProcesses(own, path.join(own, "processes"));
    if (!control(own)) return false;
  }
  return control(folder);
}

/** The end of the name of the systemd scope that {@link ../host/scope} makes. */
export const scopeSuffix = ".wordpress-live.scope";

function control(folder: string): boolean {
  try {
    writeFileSync(path.join(folder, "cgroup.subtree_control"), "+cpu");
    return true;
  } catch (error) {
    if (codeOf(error) === "EBUSY" || refusals.has(codeOf(error) ?? "")) return false;
    throw error;
  }
}

function moveProcesses(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const pid of wordsOf(path.join(from, "cgroup.procs"))) {
    try {
      writeFileSync(path.join(to, "cgroup.procs"), pid);
    } catch (error) {
      // It has just ended.
      if (codeOf(error) !== "ESRCH") throw error;
    }
  }
}

function wordsOf(file: string): readonly string[] {
  return readFileSync(file, "utf8")
    .split(/\s+/)
    .filter((word) => word !== "");
}
