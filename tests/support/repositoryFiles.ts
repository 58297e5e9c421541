import { readdirSync } from "node:fs";
import path from "node:path";

/** The working copy. */
export const repository = path.resolve(__dirname, "../..");

const generated = new Set(["node_modules", ".git", ".local"]);

/** Every file of the working copy that a commit may hold, as a path from its root with `/`. */
export function repositoryFiles(folder = ""): readonly string[] {
  const entries = readdirSync(path.join(repository, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return generated.has(entry.name) ? [] : repositoryFiles(name);
    return entry.isFile() ? [name] : [];
  });
}
