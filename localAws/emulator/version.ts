import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { sources } from "./layout";

/** A hash of the emulator's sources: an emulator that runs from other sources is replaced. */
export async function emulatorVersion(): Promise<string> {
  const entries = await readdir(sources.overlay, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("__pycache__"))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash("sha256");
  for (const file of [sources.requirements, ...files]) {
    hash.update(path.relative(sources.package, file)).update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 12);
}
