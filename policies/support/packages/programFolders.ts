import { existsSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";

/**
 * The folders that may be the program's. A pack in the program's process has it as its own. One that Pulumi's command line
 * starts is in the pack's folder; it inherits the shell's folder in PWD and that of `npm` in INIT_CWD, and the program is
 * there or, as for the command line, in the nearest folder above with a Pulumi.yaml. With `pulumi -C`, only the process of
 * the command line is in the program's folder.
 */
export function programFolders(): readonly string[] {
  const own = process.cwd();
  const inherited = [process.env["INIT_CWD"], process.env["PWD"]].filter((folder) => folder !== undefined);
  const projects = [...inherited, ...foldersOfParents()].flatMap((folder) => [folder, projectAbove(folder)]);
  return existsSync(path.join(own, "PulumiPolicy.yaml")) ? projects : [own, ...projects];
}

function projectAbove(folder: string): string {
  const parent = path.dirname(folder);
  return existsSync(path.join(folder, "Pulumi.yaml")) || parent === folder ? folder : projectAbove(parent);
}

/** The pack, the language host or a shell, the command line, and what starts it. */
const mostParents = 4;

/** The folders of the processes that started this one, nearest first. Only Linux shows them; none elsewhere. */
function foldersOfParents(): readonly string[] {
  const folders: string[] = [];
  for (let pid = process.ppid; pid > 1 && folders.length < mostParents; pid = parentOf(pid)) {
    const folder = folderOf(pid);
    if (folder === undefined) break;
    folders.push(folder);
  }
  return folders;
}

function folderOf(pid: number): string | undefined {
  return unlessGone(() => readlinkSync(`/proc/${String(pid)}/cwd`));
}

/** 0 when it has none that can be seen. */
function parentOf(pid: number): number {
  const status = unlessGone(() => readFileSync(`/proc/${String(pid)}/status`, "utf8"));
  return Number(/^PPid:\s+(\d+)$/m.exec(status ?? "")?.[1] ?? 0);
}

/** A process may end meanwhile, or belong to another user. */
function unlessGone<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
