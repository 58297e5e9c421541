import { constants, accessSync, readFileSync } from "node:fs";
import path from "node:path";

import { codeOf } from "../../../cli/failure";
import { scopeHere } from "../host/scope";
import { hierarchies } from "./cgroupPlace";

/**
 * Why an ordinary user's machines cannot boot: systemd, a machine's init, needs a cgroup v2 folder that it may write to.
 * Undefined when this process is in such a folder, or gets one.
 */
export async function missingDelegation(name: string): Promise<string | undefined> {
  const { unified } = hierarchies(
    readFileSync("/proc/self/mountinfo", "utf8"),
    readFileSync("/proc/self/cgroup", "utf8"),
  );
  if (unified !== undefined && isWritable(path.join(unified.own, "cgroup.procs"))) return undefined;
  if ((await scopeHere(name)).length > 0) return undefined;
  return "No cgroup is delegated to this user, and a machine's systemd needs one. Log in, e.g. by SSH, so that systemd starts a session (`systemd-run --user` must work; `su` starts none), or run this as root.";
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
