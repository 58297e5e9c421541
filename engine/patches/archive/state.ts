import { statSync } from "node:fs";

/**
 * The time of the last change and the size of a file or folder; empty where there is none. A folder changes when a file in
 * it appears or disappears.
 */
export function stateOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${String(stats.mtimeMs)} ${String(stats.size)}`;
}
