import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Level } from "./level";
import { parseLevels, type LevelNames } from "./parse";

/** The file with the repository's levels. */
export const defaultLevelsFile = join(__dirname, "..", "levels.yaml");

/** The levels of a file, and all that is wrong with it. */
export interface ReadLevels {
  readonly levels: readonly Level[];
  /** One sentence for each problem, with the file and the line. */
  readonly problems: readonly string[];
}

/** Reads a file of levels. A missing file has none. */
export function readLevels(file: string, names: LevelNames): ReadLevels {
  if (!existsSync(file)) return { levels: [], problems: [] };
  const { levels, problems } = parseLevels(readFileSync(file, "utf8"), names);
  return { levels, problems: problems.map(({ line, text }) => `${file}:${String(line)}: ${text}`) };
}
