import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";

import { scopeSuffix } from "../box/cgroupPlace";
import { needsUserNamespace } from "../box/namespaces";
import { findProgram } from "../box/programs";

/** The command that runs another one in a cgroup of its own, which systemd leaves to it. */
export function scopeCommand(name: string, isUser: boolean): readonly [string, ...string[]] {
  return [
    "systemd-run",
    ...(isUser ? ["--user"] : []),
    ...["--scope", "--quiet", "--collect", `--unit=${name}${scopeSuffix}`, "--property=Delegate=yes", "--"],
  ];
}

/** {@link scopeCommand} where systemd manages the cgroups and answers; else nothing: the process stays in its cgroup. */
export async function scopeHere(name: string): Promise<readonly string[]> {
  if (!existsSync("/run/systemd/system") || findProgram("systemd-run") === undefined) return [];
  const [program, ...args] = scopeCommand(`${name}-trial`, needsUserNamespace());
  try {
    await promisify(execFile)(program, [...args, "true"]);
    return scopeCommand(name, needsUserNamespace());
  } catch (error) {
    // A number is its exit status: a user without a session of systemd, e.g. after `su`.
    if (error instanceof Error && "code" in error && typeof error.code === "number") return [];
    throw error;
  }
}
