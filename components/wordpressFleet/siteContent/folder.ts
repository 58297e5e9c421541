import { lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Something in the folder `site/`. Symbolic links are not followed. */
export interface SiteEntry {
  /** From the folder, with `/`, e.g. `themes/ours/style.css`. */
  readonly path: string;
  readonly kind: "file" | "link" | "other";
  /** A file's content; empty for every other kind. */
  readonly bytes: Buffer;
}

/**
 * All files below a folder, sorted by path, without the ones that only git or a reader needs. Empty when the folder does
 * not exist.
 */
export function readSiteFolder(folder: string): readonly SiteEntry[] {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return entriesIn(folder, "").toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function entriesIn(root: string, folder: string): readonly SiteEntry[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const below = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return entriesIn(root, below);
    if (entry.name === ".gitkeep" || below === "README.md") return [];
    const kind = entry.isSymbolicLink() ? "link" : entry.isFile() ? "file" : "other";
    const bytes = kind === "file" ? readFileSync(path.join(root, below)) : Buffer.alloc(0);
    return [{ path: below, kind, bytes }];
  });
}
