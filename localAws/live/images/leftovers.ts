import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";

import { codeOf } from "../../../cli/failure";
import { run, waitFor } from "../command";
import { cacheFolder, packageFolder, unfinishedFolder } from "./folders";
import { removeTree } from "./removeTree";

/**
 * Removes what killed runs left in the cache: unfinished images and downloads. Earlier versions mounted in the machine's
 * own mount namespace and did not end a killed build's processes, so both are cleared too. Call it with the
 * cache locked: without the lock, this could be the work of a run that is still in progress.
 */
export async function clearLeftovers(): Promise<void> {
  await endProcesses();
  // Only root's builds of earlier versions mounted outside of namespaces.
  for (const mountPoint of leftMounts()) await run(["umount", "--lazy", mountPoint]);
  const remaining = leftMounts();
  // Files must not be removed through a mount: they may be those of /proc.
  if (remaining.length > 0) throw new Error(`Still mounted: ${remaining.join(", ")}. Unmount it by hand.`);
  for (const name of readdirSync(cacheFolder).filter(isUnfinished)) await removeTree(join(cacheFolder, name));
  for (const name of readdirSync(packageFolder).filter((each) => !isPackage(each))) {
    await removeTree(join(packageFolder, name));
  }
}

/** A complete package is named by the hash of its URL; a download in progress also has a number at the end. */
function isPackage(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

/** This version's folder, and the `NAME-unfinished`, `.root` and `.work` of earlier ones. */
function isUnfinished(name: string): boolean {
  return join(cacheFolder, name) === unfinishedFolder || /-unfinished(\.(root|work))?$/.test(name);
}

/** @param path as the kernel lists it: without symbolic links */
function isBelowUnfinished(path: string): boolean {
  const [name = ""] = relative(realpathSync(cacheFolder), path).split("/");
  return isUnfinished(name);
}

/** Mount points in unfinished images, the last mounted first. */
function leftMounts(): readonly string[] {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => (line.split(" ")[4] ?? "").replace(/\\(\d{3})/g, (_, octal: string) => character(octal)))
    .filter(isBelowUnfinished)
    .reverse();
}

/** The kernel writes white space and backslashes of a path as octal numbers. */
function character(octal: string): string {
  return String.fromCharCode(Number.parseInt(octal, 8));
}

/** Ends the processes whose root folder is an unfinished image. */
async function endProcesses(): Promise<void> {
  for (const pid of leftProcesses()) kill(Number(pid));
  await waitFor("the processes of a killed build end", 60, () =>
    leftProcesses().length === 0 ? true : undefined,
  );
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

function leftProcesses(): readonly string[] {
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && isBelowUnfinished(rootOf(pid)));
}

function rootOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/root`);
  } catch {
    // It has just ended, or is a thread of the kernel.
    return "";
  }
}
