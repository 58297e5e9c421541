import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf } from "../cli/failure";
import { parseJson, z } from "../cli/json";

/** The record as it is kept: in a file, or in a shared state. */
export const recordSchema = z.object({
  operation: z.string(),
  /** ISO 8601. */
  startedAt: z.iso.datetime(),
  /** Missing while the work runs, and after an interrupted run. */
  endedAt: z.iso.datetime().optional(),
  /** Why it failed. */
  error: z.string().optional(),
  /** The time since which the stack has no servers and its database is stopped. */
  pausedAt: z.iso.datetime().optional(),
});

/** The last operation on a student's stack; Pulumi's state has the rest. */
export type StudentRecord = z.output<typeof recordSchema>;

export async function readRecord(folder: string): Promise<StudentRecord | undefined> {
  try {
    return parseJson(recordSchema, await readFile(recordFile(folder), "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

export async function writeRecord(folder: string, record: StudentRecord): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(recordFile(folder), JSON.stringify(record));
}

function recordFile(folder: string): string {
  return path.join(folder, "last.json");
}
