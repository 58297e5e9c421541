import { execFile } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import { sweepCgroups } from "../box/cgroupPlace";
import { filesIn, namePrefix, socketParent } from "./layout";

const boxSeconds = 20;

/**
 * Removes what a killed host process left, and waits until its box has ended: it ends by itself when its host process
 * does. Call it when no host process runs for the folder.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  const prefix = namePrefix(folder);
  await sweepCgroups(prefix);
  const { boxLock } = filesIn(folder);
  if (existsSync(boxLock)) await promisify(execFile)("flock", ["--wait", `${boxSeconds}`, boxLock, "true"]);
  const parent = socketParent();
  for (const name of readdirSync(parent).filter((each) => each.startsWith(prefix))) {
    rmSync(path.join(parent, name), { recursive: true, force: true });
  }
}
