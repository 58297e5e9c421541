import { parse, type CsvError } from "csv-parse/sync";
import { z } from "zod";

import { settingOf } from "./cell";
import { InvalidRosterError, type RosterEntries } from "./entry";
import { headerProblems } from "./header";
import { cellPlaces } from "./place";

const rows = z.array(
  z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.int() }), raw: z.string() }),
);

/** After such a mistake the parser takes the next lines for parts of a cell. */
const quoteMistakes: ReadonlySet<string> = new Set([
  "CSV_INVALID_CLOSING_QUOTE",
  "CSV_QUOTE_NOT_CLOSED",
  "INVALID_OPENING_QUOTE",
]);

/**
 * The entries of a roster in CSV: a header, then one student per line. `#` at the start of a line starts a comment; an empty
 * cell leaves the setting out. A column `settings.fleet.instanceType` sets that one setting.
 * @throws InvalidRosterError when the header is wrong.
 */
export function readCsvEntries(file: string, given: string): RosterEntries {
  // The parser counts a CRLF within quotes as two lines.
  const text = given.replaceAll(/\r\n?/g, "\n");
  const mistakes: CsvError[] = [];
  const parsed = rows.parse(
    parse(text, {
      columns: (header: string[]) => checkedHeader(file, header, lineOfHeader(text)),
      info: true,
      raw: true,
      bom: true,
      trim: true,
      comment: "#",
      // Elsewhere a # is part of a name or a title.
      comment_no_infix: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: (error) => {
        if (error !== undefined) mistakes.push(error);
      },
    }),
  );
  const end = mistakes.findIndex(({ code }) => quoteMistakes.has(code));
  return {
    entries: parsed.map(({ record, info, raw }) => {
      const cells = Object.entries(record);
      const found = cellPlaces(raw, info.lines);
      const places = cells.flatMap(([column], index) => {
        const place = found[index];
        return place === undefined ? [] : [[column, place] as const];
      });
      return {
        line: found[0]?.line ?? info.lines,
        fields: nested(cells.filter(([, cell]) => cell !== "")),
        places: new Map(places),
      };
    }),
    problems: (end < 0 ? mistakes : mistakes.slice(0, end + 1)).map((error) => ({
      line: typeof error["lines"] === "number" ? error["lines"] : 1,
      field: "",
      value: error.message,
      allowed: "CSV with a header",
    })),
  };
}

function checkedHeader(file: string, header: readonly string[], line: number): string[] {
  const problems = headerProblems(header, line);
  if (problems.length > 0) throw new InvalidRosterError(file, problems);
  return [...header];
}

/** The header is the first line that is neither empty nor a comment. */
function lineOfHeader(text: string): number {
  return text.split("\n").findIndex((line) => line.trim() !== "" && !line.startsWith("#")) + 1;
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
