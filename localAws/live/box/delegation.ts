import { constants, accessSync } from "node:fs";
import path from "node:path";

import { codeOf } from "../../../cli/failure";
import { scopeHere } from "../host/scope";
import { ownHierarchies } from "./cgroupPlace";

/**
 * Why machines have no cgroup v2 folder that they may write to: systemd, a machine's init, needs one. Undefined when this
 * process is in such a folder, or gets one.
 */
export async function missingDelegation(name: string, isUser: boolean): Promise<string | undefined> {
  const { unified } = ownHierarchies();
  if (unified !== undefined && isWritable(path.join(unified.own, "cgroup.procs"))) return undefined;
  if ((await scopeHere(name)).length > 0) return undefined;
  if (unified === undefined) {
    return "This Linux has no cgroup v2 mounted, and a machine's systemd needs one. Use Debian 12, Ubuntu 24.04 or later; in a container, see docs/live.md.";
  }
  if (isUser) {
    return "No cgroup is delegated to this user, and a machine's systemd needs one. Log in, e.g. by SSH, so that systemd starts a session (`systemd-run --user` must work; `su` starts none), or run this as root.";
  }
  return `The cgroup ${unified.own} is read-only, and a machine's systemd needs one. In a container, see docs/live.md.`;
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch (error) {
    if (["EACCES", "EROFS", "ENOENT"].includes(codeOf(error) ?? "")) return false;
    throw error;
  }
}
