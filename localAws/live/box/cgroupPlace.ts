import { mkdirSync, readFileSync, writeFileSync, accessSync, constants } from "node:fs";
import path from "node:path";

import { codeOf } from "../../../cli/failure";
import { type CgroupFolders, type Controller, controllers } from "./cgroupFolders";
import { openCgroups } from "./cgroups";

/** Where the box may make cgroups, and what it cannot do there. */
export interface CgroupPlace {
  /** For the machines: v2 ends, measures and observes them. */
  readonly folders: CgroupFolders;
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
  /** The hierarchies of cgroup v1 with these controllers. */
  readonly v1: Readonly<Record<Controller, Hierarchy | undefined>>;
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
  const inV1 = (controller: Controller): Hierarchy | undefined =>
    find(
      mounts.find(({ type, options }) => type === "cgroup" && options.includes(controller)),
      memberships.find((each) => each.controllers.includes(controller)),
    );
  return {
    unified: find(
      mounts.find(({ type }) => type === "cgroup2"),
      memberships.find(({ isUnified }) => isUnified),
    ),
    v1: { cpu: inV1("cpu"), memory: inV1("memory") },
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
  const inV2 =
    found.unified === undefined || unified === undefined ? [] : enableControllers(found.unified, unified);
  const v1: Partial<Record<Controller, string>> = {};
  for (const controller of controllers) {
    const hierarchy = found.v1[controller];
    if (hierarchy === undefined || inV2.includes(controller)) continue;
    const folder = makeFolder(hierarchy.own, name);
    if (folder !== undefined) v1[controller] = folder;
  }
  const missing = controllers.filter((each) => !inV2.includes(each) && v1[each] === undefined);
  return { folders: { unified: unified ?? null, v1 }, limits: limitsOf(missing) };
}

/** Ends and removes what boxes left whose names begin so. */
export async function sweepCgroups(prefix: string): Promise<void> {
  const { unified, v1 } = ownHierarchies();
  const folders: Partial<Record<Controller, string>> = {};
  for (const controller of controllers) {
    const hierarchy = v1[controller];
    if (hierarchy !== undefined) folders[controller] = hierarchy.own;
  }
  await openCgroups({ unified: unified?.own ?? null, v1: folders }).sweep(prefix);
}

/** The hierarchies in which this process is. */
export function ownHierarchies(): Hierarchies {
  return hierarchies(readFileSync("/proc/self/mountinfo", "utf8"), readFileSync("/proc/self/cgroup", "utf8"));
}

const withoutController: Readonly<Record<Controller, string>> = {
  cpu: "No cpu controller is delegated: CPU quotas do not apply, and a machine may use every core.",
  memory: "No memory controller is delegated: a machine may use more memory than its type has.",
};

function limitsOf(missing: readonly Controller[]): string | undefined {
  return missing.length === 0 ? undefined : missing.map((each) => withoutController[each]).join(" ");
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

/** Gives v2's controllers to the machines. @returns those that they have */
function enableControllers({ own, mountPoint }: Hierarchy, folder: string): readonly Controller[] {
  const there = wordsOf(path.join(own, "cgroup.controllers"));
  const wanted = controllers.filter((each) => there.includes(each));
  return wanted.filter((each) => isEnabled(own, mountPoint, each) && control(folder, each));
}

function isEnabled(own: string, mountPoint: string, controller: Controller): boolean {
  if (wordsOf(path.join(own, "cgroup.subtree_control")).includes(controller)) return true;
  if (control(own, controller)) return true;
  // Only the root may have both processes and controllers for its children. Move the processes where no other program
  // manages them: in a container, and in the scope that systemd made for the box.
  if (own !== mountPoint && !own.endsWith(scopeSuffix)) return false;
  moveProcesses(own, path.join(own, "processes"));
  return control(own, controller);
}

/** The end of the name of the systemd scope that {@link ../host/scope} makes. */
export const scopeSuffix = ".wordpress-live.scope";

function control(folder: string, controller: Controller): boolean {
  try {
    writeFileSync(path.join(folder, "cgroup.subtree_control"), `+${controller}`);
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
