import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf } from "../../cli/failure";
import { parseJson, z } from "../../cli/json";

/** How long spec files took, in milliseconds. */
export type Durations = Readonly<Record<string, number>>;

const schema = z.record(z.string(), z.number());

/** What is known of a spec file without running it. */
export interface SpecFile {
  readonly file: string;
  readonly bytes: number;
}

/**
 * The longest first, so that none runs alone at the end: by the last run's durations. A file without one comes before all
 * others, and one with the engine before one with the emulator alone, which takes less; the rest goes by size.
 */
export function longestFirst(files: readonly SpecFile[], durations: Durations): readonly string[] {
  const rank = ({ file, bytes }: SpecFile): readonly number[] => [
    durations[file] ?? Number.POSITIVE_INFINITY,
    file.endsWith(".engine.spec.ts") ? 1 : 0,
    bytes,
  ];
  const compare = (one: readonly number[], other: readonly number[]): number => {
    const index = one.findIndex((value, place) => value !== other[place]);
    return index === -1 ? 0 : (other[index] ?? 0) > (one[index] ?? 0) ? 1 : -1;
  };
  return [...files].sort((one, other) => compare(rank(one), rank(other))).map(({ file }) => file);
}

/** The durations in a file; none when it is missing or of another form. */
export async function readDurations(file: string): Promise<Durations> {
  try {
    return parseJson(schema, await readFile(file, "utf8")) ?? {};
  } catch (error) {
    if (codeOf(error) === "ENOENT") return {};
    throw error;
  }
}

export async function writeDurations(file: string, durations: Durations): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(durations));
  await rename(draft, file);
}
