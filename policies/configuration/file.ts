import { readFile } from "node:fs/promises";

import type { Pack } from "../support/pack";
import { configurationProblems, isRecord, type Configuration } from "./schema";

/** A stack's thresholds for one pack, or all problems of the file. */
export type ReadConfiguration =
  { readonly configuration: Configuration } | { readonly problems: readonly string[] };

/** Reads `<stack>.<pack>.json` and checks it; each problem is a sentence that begins with the file. */
export async function readConfiguration(pack: Pack, file: string): Promise<ReadConfiguration> {
  const parsed = parse(await readFile(file, "utf8"));
  if ("problem" in parsed) return { problems: [`${file}: ${parsed.problem}`] };
  const problems = configurationProblems(pack, parsed.value).map((problem) => `${file}: ${problem}`);
  return problems.length === 0 && isRecord(parsed.value) ? { configuration: parsed.value } : { problems };
}

function parse(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: `the file is not valid JSON: ${error.message}` };
    throw error;
  }
}
