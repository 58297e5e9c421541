import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../../../cli/failure";
import { parseJson, z } from "../../../cli/json";

const sizesSchema = z.object({ min: z.int(), desired: z.int(), max: z.int() });

/** The sizes of an Auto Scaling group. */
export type Sizes = z.output<typeof sizesSchema>;

const groupStepSchema = z.object({
  kind: z.literal("group"),
  group: z.string(),
  /** Its sizes before the act. */
  before: sizesSchema,
  /** The minimum and maximum during the act. Others mean that a user or a schedule changed the group meanwhile. */
  limits: z.object({ min: z.int(), max: z.int() }),
  /** Ids of its servers before the act. */
  servers: z.array(z.string()),
});

const launchStepSchema = z.object({
  kind: z.literal("launch"),
  functionName: z.string(),
  /** ISO 8601, as in the events and in the servers' tags. */
  plannedTime: z.string(),
  /** Ids of servers that the function reported. */
  servers: z.array(z.string()),
});

const stepSchema = z.discriminatedUnion("kind", [groupStepSchema, launchStepSchema]);

export type GroupStep = z.output<typeof groupStepSchema>;
export type LaunchStep = z.output<typeof launchStepSchema>;

/** What to undo. It is data, so that a later process can undo what a killed one did. */
export type UndoStep = z.output<typeof stepSchema>;

const recordSchema = z.object({
  exercise: z.string(),
  accountId: z.string(),
  region: z.string(),
  since: z.iso.datetime(),
  step: stepSchema,
});

/** One act of a check, written before it changes anything. */
export type UndoRecord = z.output<typeof recordSchema>;

/** A record in its file. */
export interface StoredRecord extends UndoRecord {
  readonly file: string;
}

const extension = ".undo.json";

/** Writes the record in one step, so that a killed process leaves all of it or nothing. */
export async function storeRecord(folder: string, record: UndoRecord): Promise<StoredRecord> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${randomUUID()}${extension}`);
  const draft = `${file}.draft`;
  await writeFile(draft, JSON.stringify(record, undefined, 2));
  await rename(draft, file);
  return { ...record, file };
}

/** The records of acts that were not undone, the oldest first. @throws Failure for a file that is no record */
export async function storedRecords(folder: string): Promise<readonly StoredRecord[]> {
  const files = (await filesIn(folder)).filter((name) => name.endsWith(extension));
  const records = await Promise.all(files.map((name) => readRecord(path.join(folder, name))));
  return records.toSorted((one, other) => Date.parse(one.since) - Date.parse(other.since));
}

export async function removeRecord({ file }: StoredRecord): Promise<void> {
  await rm(file, { force: true });
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

async function readRecord(file: string): Promise<StoredRecord> {
  const record = parseJson(recordSchema, await readFile(file, "utf8"));
  if (record !== undefined) return { ...record, file };
  throw new Failure(
    `${file} is not a record of a check's changes.`,
    "Restore the file, or check the sizes of the student's Auto Scaling group and delete it.",
  );
}
