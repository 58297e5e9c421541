import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf } from "../cli/failure";
import { parseJson, z } from "../cli/json";
import type { Folders } from "../engine/folders";

const recordSchema = z.object({
  /** The start time of the emulator that has the stack's resources: after a restart it has none. */
  bootId: z.string(),
  /** Set while a run works on the stack. If a later run finds it set, the earlier run was killed. */
  unfinished: z.boolean(),
});

/** Facts of the last run that the next run needs, besides Pulumi's state. */
export type RunRecord = z.output<typeof recordSchema>;

/** The record of the stack's last run, if there is one. */
export async function readRecord(folders: Folders, stackName: string): Promise<RunRecord | undefined> {
  try {
    return parseJson(recordSchema, await readFile(recordFile(folders, stackName), "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Writes the record of a run. */
export async function writeRecord(folders: Folders, stackName: string, record: RunRecord): Promise<void> {
  const file = recordFile(folders, stackName);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(record));
}

/** Removes the record of a destroyed stack. */
export async function removeRecord(folders: Folders, stackName: string): Promise<void> {
  await rm(recordFile(folders, stackName), { force: true });
}

function recordFile(folders: Folders, stackName: string): string {
  return path.join(folders.stacks, stackName, "run.json");
}
