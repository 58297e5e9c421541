import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";

import { InvalidRosterError, type RosterEntry } from "./entry";

const rows = z.array(
  z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.int() }) }),
);

/**
 * The entries of a roster in CSV: a header, then a student a line; `#` starts a comment, an empty cell is a
 * setting left out. A column `settings.fleet.instanceType` sets that one setting.
 * @throws InvalidRosterError when it is no CSV.
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
      columns: true,
      info: true,
      bom: true,
      trim: true,
      comment: "#",
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

/** `settings.fleet.paused: "true"` becomes `settings: { fleet: { paused: true } }`; other cells stay texts. */
function nested(cells: readonly (readonly [string, string])[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const settings = new Map<string, unknown>();
  for (const [column, cell] of cells) {
    if (column.startsWith("settings.")) settings.set(column.slice("settings.".length), settingIn(cell));
    else fields[column] = cell;
  }
  return settings.size === 0 ? fields : { ...fields, settings: tree(settings) };
}

function tree(leaves: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const branches = new Map<string, Map<string, unknown>>();
  const result: Record<string, unknown> = {};
  for (const [path, value] of leaves) {
    const dot = path.indexOf(".");
    if (dot < 0) {
      result[path] = value;
      continue;
    }
    const branch = branches.get(path.slice(0, dot)) ?? new Map<string, unknown>();
    branches.set(path.slice(0, dot), branch.set(path.slice(dot + 1), value));
  }
  for (const [name, branch] of branches) result[name] = tree(branch);
  return result;
}

/** A cell as `pulumi config set --path` would take it: numbers, `true`, `false` and JSON as such. */
function settingIn(cell: string): unknown {
  if (!/^(?:-?\d+(?:\.\d+)?|true|false|\[.*\]|\{.*\})$/s.test(cell)) return cell;
  try {
    return JSON.parse(cell);
  } catch (error) {
    if (error instanceof SyntaxError) return cell;
    throw error;
  }
}
