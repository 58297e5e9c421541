import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../cli/failure";
import { parseJson, z } from "../cli/json";

/** The place of a class: real AWS accounts, or the emulator on this machine. */
export type Where = "aws" | "local";

/** The folder of a class: `.local/students/<class>/<where>`. */
export interface ClassFolder {
  readonly className: string;
  readonly where: Where;
  readonly folder: string;
  /** One student's folder: state, settings, the result of the last run. */
  readonly ofStudent: (id: string) => string;
}

/** @param rosterFile the file's name without its extension is the class's name. */
export function classFolder(local: string, rosterFile: string, where: Where): ClassFolder {
  return classFolderNamed(
    local,
    path
      .parse(rosterFile)
      .name.normalize("NFC")
      .replaceAll(/[^\p{L}\p{N}._-]/gu, "-"),
    where,
  );
}

/** The folder of a class by its name. */
export function classFolderNamed(local: string, className: string, where: Where): ClassFolder {
  const folder = path.join(local, "students", className, where);
  return { className, where, folder, ofStudent: (id) => path.join(folder, id) };
}

const givenSchema = z.record(z.string(), z.string());

/** The address ranges of the students, by id. Students keep their ranges. */
export async function readGiven({ folder }: ClassFolder): Promise<ReadonlyMap<string, string>> {
  const file = givenFile(folder);
  try {
    const given = parseJson(givenSchema, await readFile(file, "utf8"));
    if (given !== undefined) return new Map(Object.entries(given));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return new Map();
    throw error;
  }
  throw new Failure(
    `${file} is not a JSON object of texts. It has the address range of each student.`,
    "Restore the file. Without it the next up could replace parts of a student's stack.",
  );
}

/** Replaces the file in one step, so that a killed run leaves it whole. */
export async function writeGiven({ folder }: ClassFolder, given: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = givenFile(folder);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(Object.fromEntries(given), undefined, 2));
  await rename(draft, file);
}

function givenFile(folder: string): string {
  return path.join(folder, "addresses.json");
}
