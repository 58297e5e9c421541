import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../../cli/failure";
import { parseJson } from "../../cli/json";
import { ledgerSchema, type Ledger } from "../inventory/spending";

/**
 * What the last guard saw of a student's account; undefined before the first.
 * @throws Failure when the file is damaged: without it, the cost of deleted resources would be lost silently
 */
export async function readLedger(folder: string): Promise<Ledger | undefined> {
  const file = ledgerFile(folder);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
  const ledger = parseJson(ledgerSchema, text);
  if (ledger !== undefined) return ledger;
  throw new Failure(
    `${file} is not a ledger of this program.`,
    "Restore it, or delete it: the guard then counts only what exists now.",
  );
}

/** Replaces the file in one step, so that a killed run leaves it whole. */
export async function writeLedger(folder: string, ledger: Ledger): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${ledgerFile(folder)}.${process.pid}`;
  await writeFile(draft, JSON.stringify(ledger));
  await rename(draft, ledgerFile(folder));
}

function ledgerFile(folder: string): string {
  return path.join(folder, "spending.json");
}
