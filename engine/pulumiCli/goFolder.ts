import { chmod, readdir, rm } from "node:fs/promises";
import path from "node:path";

import { codeOf } from "../../cli/failure";

/** Removes a folder that Go wrote. Go makes the folders of a toolchain that it downloads read-only, flags or not. */
export async function removeGoFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    if (codeOf(error) !== "EACCES") throw error;
    await makeWritable(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(path.join(folder, entry.name));
  }
}
