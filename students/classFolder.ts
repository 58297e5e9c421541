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

const blocksSchema = z.record(z.string(), z.string());

/** The ranges of addresses that students have been given, by id. */
export async function readBlocks({ folder }: ClassFolder): Promise<ReadonlyMap<string, string>> {
  const file = blocksFile(folder);
  try {
    const blocks = parseJson(blocksSchema, await readFile(file, "utf8"));
    if (blocks !== undefined) return new Map(Object.entries(blocks));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return new Map();
    throw error;
  }
  throw new Failure(
    `${file}, which keeps who has which addresses, is no JSON of texts.`,
    "Restore it. Without it a student's network could be made anew elsewhere.",
  );
}

/** Keeps them, whole or not at all. */
export async function writeBlocks(
  { folder }: ClassFolder,
  blocks: ReadonlyMap<string, string>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${blocksFile(folder)}.${process.pid}`;
  await writeFile(draft, JSON.stringify(Object.fromEntries(blocks), undefined, 2));
  await rename(draft, blocksFile(folder));
}

function blocksFile(folder: string): string {
  return path.join(folder, "addresses.json");
}
