import { mkdirSync } from "node:fs";
import path from "node:path";

import { type Cgroup, childrenOf, killIn, openCgroup, removeTree, wordsIn } from "./cgroup";
import { allFolders, type CgroupFolders, controllers, foldersIn } from "./cgroupFolders";

/** The cgroups of one box. */
export interface Cgroups {
  /** Whether {@link Cgroup.setCores} has an effect. */
  readonly hasQuota: boolean;
  /** Whether {@link Cgroup.setMemory} has an effect. */
  readonly hasMemory: boolean;
  /**
   * Creates a cgroup.
   * @throws EEXIST when there is one of this name: after `cgroup.kill`, a cgroup must not be used again. Linux 6.14 and
   * later then kill what CLONE_INTO_CGROUP starts in it from another cgroup (their `kill_seq` differ), and systemd
   * starts all its units so.
   */
  readonly create: (name: string) => Cgroup;
  /** Ends and removes the cgroups whose names begin so, which a killed program left. */
  readonly sweep: (prefix: string) => Promise<void>;
}

export function openCgroups(folders: CgroupFolders): Cgroups {
  const inV2 = folders.unified === null ? [] : wordsIn(path.join(folders.unified, "cgroup.subtree_control"));
  const limits = new Set(controllers.filter((each) => folders.v1[each] !== undefined || inV2.includes(each)));
  return {
    hasQuota: limits.has("cpu"),
    hasMemory: limits.has("memory"),
    create: (name) => {
      const own = foldersIn(folders, name);
      const { unified, v1 } = own;
      if (unified === null) throw new Error("The box has no cgroup v2 folder; whyNot() states the reason.");
      for (const folder of allFolders(own)) mkdirSync(folder);
      return openCgroup({ unified, v1 }, limits);
    },
    sweep: async (prefix) => {
      const left = allFolders(folders).flatMap((folder) =>
        childrenOf(folder).filter((child) => path.basename(child).startsWith(prefix)),
      );
      for (const folder of left) await killIn(folder);
      for (const folder of left) await removeTree(folder);
    },
  };
}
