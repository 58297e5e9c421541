import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const repository = path.resolve(__dirname, "../..");

/** The sources on which a change of a setting depends. */
const parts = [
  "cli",
  "components",
  "engine",
  "lambda",
  "localAws",
  "nodeHooks",
  "tests/changes",
  "config.ts",
  "index.ts",
  "settingsInAccount.ts",
  "settingsInPlace.ts",
  "stackSettings.ts",
  "Pulumi.local.yaml",
];

/** A hash over all of them: a result from other sources proves nothing. */
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
