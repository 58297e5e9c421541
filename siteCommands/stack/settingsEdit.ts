import { readFile, writeFile } from "node:fs/promises";
import { parseDocument } from "yaml";

import { Failure } from "../../cli/failure";

const path = ["config", "wordpress:database", "restoreFrom"];

/** The content of a stack's file with another `database.restoreFrom`. Comments and order stay. */
export function withRestoreFrom(text: string, snapshot: string): string {
  const document = parseDocument(text);
  document.setIn(path, snapshot);
  return document.toString({ lineWidth: 0 });
}

/** Whether the file sets deletion protection of the database. */
export function protectsDatabase(text: string): boolean {
  return parseDocument(text).getIn(["config", "wordpress:database", "deletionProtection"]) === true;
}

/** Sets `database.restoreFrom` in the stack's file. @throws Failure when the database is protected */
export async function setRestoreFrom(file: string, snapshot: string): Promise<void> {
  await writeFile(file, withRestoreFrom(await readFile(file, "utf8"), snapshot));
}

/** @throws Failure when Pulumi would refuse to replace the database */
export async function requireReplaceable(file: string): Promise<void> {
  if (!protectsDatabase(await readFile(file, "utf8"))) return;
  throw new Failure(
    `database.deletionProtection is true in ${file}, and a restore replaces the database.`,
    "Set it to false, run pulumi up, then run this again. After the restore, set it to true and run pulumi up.",
  );
}
