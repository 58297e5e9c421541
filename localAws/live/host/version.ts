import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const sources = path.resolve(__dirname, "..");

/** A hash of the live region's sources: one that runs from other sources is replaced. */
export async function liveVersion(): Promise<string> {
  const entries = await readdir(sources, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(path.relative(sources, file)).update(await readFile(file));
  return hash.digest("hex").slice(0, 12);
}
