import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../local/failure";
import { parseJson, z } from "../local/json";

/** Where a class is: in real AWS accounts, or in the emulator on this machine. */
export type Where = "aws" | "local";

/** Where everything that a class's runs make is kept: `.local/students/<class>/<where>`. */
export interface ClassFolder {
  readonly className: string;
  readonly where: Where;
  readonly folder: string;
  /** One student's own: state, settings, what its last run came to. */
  readonly ofStudent: (id: string) => string;
}

/** @param rosterFile its name without the extension is the class's. */
export function classFolder(local: string, rosterFile: string, where: Where): ClassFolder {
  const className = path.parse(rosterFile).name.replaceAll(/[^\p{L}\p{N}._-]/gu, "-");
  const folder = path.join(local, "students", className, where);
  return { className, where, folder, ofStudent: (id) => path.join(folder, id) };
}

/** What a class gives its students once and for all: ranges of addresses, and names of target groups. */
export type Given = "addresses" | "targetGroups";

const givenSchema = z.record(z.string(), z.string());

/** What students have been given of one kind, by id. */
export async function readGiven({ folder }: ClassFolder, kind: Given): Promise<ReadonlyMap<string, string>> {
  const file = givenFile(folder, kind);
  try {
    const given = parseJson(givenSchema, await readFile(file, "utf8"));
    if (given !== undefined) return new Map(Object.entries(given));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return new Map();
    throw error;
  }
  throw new Failure(
    `${file} is not a JSON object of texts. It keeps what each student was given (${kind}).`,
    "Restore the file. Without it the next up could replace parts of a student's stack.",
  );
}

/** Writes it, as a whole or not at all. */
export async function writeGiven(
  { folder }: ClassFolder,
  kind: Given,
  given: ReadonlyMap<string, string>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = givenFile(folder, kind);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(Object.fromEntries(given), undefined, 2));
  await rename(draft, file);
}

function givenFile(folder: string, kind: Given): string {
  return path.join(folder, `${kind}.json`);
}
