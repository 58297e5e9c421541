import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";

import { settingOf } from "./cell";
import { InvalidRosterError, type RosterEntry } from "./entry";
import { headerProblems } from "./header";

const rows = z.array(
  z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.int() }) }),
);

/**
 * The entries of a roster in CSV: a header, then one student per line. `#` at the start of a line starts a comment; an empty
 * cell leaves the setting out. A column `settings.fleet.instanceType` sets that one setting.
 * @throws InvalidRosterError when the text is not CSV, or its header is wrong.
 */
export function readCsvEntries(file: string, text: string): readonly RosterEntry[] {
  const parsed = rows.parse(parseRows(file, text));
  return parsed.map(({ record, info }) => ({
    line: info.lines,
    fields: nested(Object.entries(record).filter(([, cell]) => cell !== "")),
  }));
}

function parseRows(file: string, text: string): unknown {
  try {
    return parse(text, {
      columns: (header: string[]) => checkedHeader(file, header, lineOfHeader(text)),
      info: true,
      bom: true,
      trim: true,
      comment: "#",
      // Elsewhere a # is part of a name or a title.
      comment_no_infix: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error["lines"] === "number" ? error["lines"] : 1;
    throw new InvalidRosterError(file, [
      { line, field: "", value: error.message, allowed: "CSV with a header" },
    ]);
  }
}

function checkedHeader(file: string, header: readonly string[], line: number): string[] {
  const problems = headerProblems(header, line);
  if (problems.length > 0) throw new InvalidRosterError(file, problems);
  return [...header];
}

/** The header is the first line that is neither empty nor a comment. */
function lineOfHeader(text: string): number {
  return text.split(/\r\n|\r|\n/).findIndex((line) => line.trim() !== "" && !line.startsWith("#")) + 1;
}

/** `settings.fleet.paused: "true"` becomes `settings: { fleet: { paused: true } }`; other cells stay text. */
function nested(cells: readonly (readonly [string, string])[]): Record<string, unknown> {
  const settings = new Map<string, unknown>();
  const fields = cells.flatMap(([column, cell]) => {
    if (!column.startsWith("settings.")) {
      return [[column, column === "settings" ? settingOf([], cell) : cell] as const];
    }
    const path = column.slice("settings.".length);
    settings.set(path, settingOf(path.split("."), cell));
    return [];
  });
  return Object.fromEntries(settings.size === 0 ? fields : [...fields, ["settings", tree(settings)]]);
}

function tree(leaves: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const branches = new Map<string, Map<string, unknown>>();
  const result = new Map<string, unknown>();
  for (const [path, value] of leaves) {
    const dot = path.indexOf(".");
    if (dot < 0) {
      result.set(path, value);
      continue;
    }
    const branch = branches.get(path.slice(0, dot)) ?? new Map<string, unknown>();
    branches.set(path.slice(0, dot), branch.set(path.slice(dot + 1), value));
  }
  for (const [name, branch] of branches) result.set(name, tree(branch));
  return Object.fromEntries(result);
}
