import { rename, writeFile } from "node:fs/promises";

import { messageOf } from "../../cli/failure";

/** Only the user reads grades. */
const mode = 0o600;

/**
 * Replaces the file in one step. The grades are not lost when it cannot be written: the text for the user says so.
 * @returns the sentence for the user
 */
export async function writeGrades(file: string, text: string): Promise<string> {
  const draft = `${file}.${process.pid}`;
  try {
    await writeFile(draft, text, { mode });
    await rename(draft, file);
    return `The points are in ${file}.`;
  } catch (error) {
    return `${file} could not be written: ${messageOf(error)}.`;
  }
}
