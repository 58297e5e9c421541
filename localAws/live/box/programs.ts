import { constants, accessSync } from "node:fs";
import path from "node:path";

import { codeOf } from "../../../cli/failure";

/** Where an administrator's programs are: an ordinary user's search path leaves these folders out on Debian. */
const administration = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** The search path with the administrator's folders. */
export function searchPath(environment: NodeJS.ProcessEnv = process.env): string {
  const folders = (environment["PATH"] ?? "/usr/bin:/bin").split(path.delimiter);
  return [...new Set([...folders, ...administration])].join(path.delimiter);
}

/** The program's file, if it is installed. */
export function findProgram(name: string, folders: string = searchPath()): string | undefined {
  return folders
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
}

const absent = new Set(["ENOENT", "EACCES", "ENOTDIR"]);

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch (error) {
    if (absent.has(codeOf(error) ?? "")) return false;
    throw error;
  }
}
