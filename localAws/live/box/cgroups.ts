import { mkdirSync } from "node:fs";
import path from "node:path";

import { type Cgroup, childrenOf, killIn, openCgroup, removeTree, wordsIn } from "./cgroup";

/** The cgroups of one box. */
export interface Cgroups {
  /** Whether {@link Cgroup.setCores} has an effect. */
  readonly hasQuota: boolean;
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

export interface CgroupFolders {
  /** Writable folders of cgroup v2 and of v1's cpu controller; null where there are none. */
  readonly cgroup: string | null;
  readonly cpuCgroup: string | null;
}

export function openCgroups({ cgroup, cpuCgroup }: CgroupFolders): Cgroups {
  const hasQuota =
    cpuCgroup !== null ||
    (cgroup !== null && wordsIn(path.join(cgroup, "cgroup.subtree_control")).includes("cpu"));
  const folders = [cgroup, cpuCgroup].flatMap((folder) => (folder === null ? [] : [folder]));
  return {
    hasQuota,
    create: (name) => {
      if (cgroup === null) throw new Error("The box has no cgroup v2 folder; whyNot() states the reason.");
      const unified = path.join(cgroup, name);
      const cpu = cpuCgroup === null ? undefined : path.join(cpuCgroup, name);
      for (const folder of cpu === undefined ? [unified] : [unified, cpu]) mkdirSync(folder);
      return openCgroup(unified, cpu, hasQuota);
    },
    sweep: async (prefix) => {
      const left = folders.flatMap((folder) =>
        childrenOf(folder).filter((child) => path.basename(child).startsWith(prefix)),
      );
      for (const folder of left) await killIn(folder);
      for (const folder of left) await removeTree(folder);
    },
  };
}
