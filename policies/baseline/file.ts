import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";

import { baselineSchema, type KnownViolation } from "./baseline";

/** A baseline, or what is wrong with its file. */
export type ReadBaseline = { readonly violations: readonly KnownViolation[] } | { readonly problem: string };

/** Reads the file of a baseline. */
export async function readBaseline(file: string): Promise<ReadBaseline> {
  if (!existsSync(file)) {
    return { problem: `--baseline ${file}: the file does not exist; write it with --write-baseline ${file}` };
  }
  try {
    return baselineSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
    const what = error instanceof z.ZodError ? z.prettifyError(error).replaceAll("\n", " ") : error.message;
    return {
      problem: `--baseline ${file}: not a baseline: ${what}; write it again with --write-baseline ${file}`,
    };
  }
}

/** Writes a baseline, one violation a line, so that a change of it is easy to review. */
export async function writeBaseline(file: string, violations: readonly KnownViolation[]): Promise<void> {
  const lines = violations.map((violation) => `    ${JSON.stringify(violation)}`).sort();
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  await writeFile(file, `{\n  "version": 1,\n  "violations": ${list}\n}\n`);
}
