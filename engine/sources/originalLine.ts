import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";

import { codeOf } from "../../cli/failure";
import { parseJson, z } from "../../cli/json";
import { transpile } from "../../nodeHooks/transpile.cjs";

/** A position in a file; line and column from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const sourceMap = z.object({
  version: z.number(),
  sources: z.array(z.string()),
  mappings: z.string(),
});

const maps = new Map<string, SourceMap | undefined>();

/**
 * The line of TypeScript for a position in the code that `nodeHooks/register.cjs` made of it. Node.js could map every
 * stack trace, but the program creates thousands. Undefined when the file has gone.
 */
export function originalLine({ file, line, column }: Position): number | undefined {
  if (!file.endsWith(".ts")) return line;
  if (!maps.has(file)) maps.set(file, mapOf(file));
  const entry = maps.get(file)?.findEntry(line - 1, column - 1);
  return entry !== undefined && "originalLine" in entry ? entry.originalLine + 1 : undefined;
}

function mapOf(file: string): SourceMap | undefined {
  const source = readIfThere(file);
  if (source === undefined) return undefined;
  const encoded = /sourceMappingURL=data:application\/json;base64,(\S+)/.exec(transpile(source, file))?.[1];
  const map = parseJson(sourceMap, Buffer.from(encoded ?? "", "base64").toString());
  if (map === undefined) return undefined;
  const { version, sources, mappings } = map;
  return new SourceMap({
    ...{ file, version, sources, mappings, names: [], sourceRoot: "" },
    sourcesContent: [source],
  });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
