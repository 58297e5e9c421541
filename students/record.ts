import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf } from "../cli/failure";
import { parseJson, z } from "../cli/json";

const recordSchema = z.object({
  operation: z.string(),
  /** ISO 8601. */
  startedAt: z.iso.datetime(),
  /** Missing while the work goes on, and for ever when it was cut off. */
  endedAt: z.iso.datetime().optional(),
  /** Why it failed. */
  error: z.string().optional(),
  /** The servers are away and the database is stopped, since then. */
  pausedAt: z.iso.datetime().optional(),
});

/** What is remembered of the last work on a student's stack, besides Pulumi's own state. */
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
