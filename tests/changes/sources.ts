import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const repository = path.resolve(__dirname, "../..");

/** What a change of a setting depends on. */
const parts = [
  "components",
  "lambda",
  "local",
  "tests/changes",
  "config.ts",
  "index.ts",
  "Pulumi.local.yaml",
];

/** One hash over all of it: what passed with other sources proves nothing. */
export async function sourcesHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const part of parts) {
    for (const file of await filesIn(path.join(repository, part))) {
      hash.update(path.relative(repository, file)).update(await readFile(file));
    }
  }
  return hash.digest("hex");
}

async function filesIn(place: string): Promise<readonly string[]> {
  if (path.extname(place) !== "") return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".pyc"))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
