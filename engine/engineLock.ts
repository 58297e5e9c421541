import { readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { codeOf, Failure } from "../cli/failure";
import { parseJson, z } from "../cli/json";
import { processExists } from "../cli/lock";
import type { Folders } from "./folders";

/** The owner of a lock, as Pulumi's file backend writes it. */
const engineLock = z.object({ pid: z.int(), hostname: z.string() });

/** An engine whose run was killed ends by itself, because its program and providers have ended. */
const timeoutMilliseconds = 15_000;

/**
 * Removes the locks of engines that have ended, so that a killed run does not keep the stack locked.
 *
 * @throws Failure when an engine is still working on the stack
 */
export async function clearDeadLocks(
  folders: Folders,
  projectName: string,
  stackName: string,
): Promise<void> {
  const folder = path.join(folders.state, ".pulumi", "locks", "organization", projectName, stackName);
  const deadline = Date.now() + timeoutMilliseconds;
  for (const name of await entriesOf(folder)) {
    const file = path.join(folder, name);
    for (;;) {
      const owner = await ownerOf(file);
      if (owner === undefined) break;
      if (Date.now() > deadline) {
        throw new Failure(
          `Another Pulumi engine (process ${owner}) is working on the stack ${stackName}.`,
          `Wait for it to end, or end it (kill ${owner}).`,
        );
      }
      await sleep(100);
    }
    await rm(file, { force: true });
  }
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

/** The running process that holds the lock, if any. */
async function ownerOf(file: string): Promise<number | undefined> {
  try {
    const owner = parseJson(engineLock, await readFile(file, "utf8"));
    if (owner === undefined) return undefined;
    return owner.hostname === hostname() && processExists(owner.pid) ? owner.pid : undefined;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
