import { isMap, isSeq, LineCounter, parseDocument } from "yaml";
import { z } from "zod";

import { InvalidRosterError, type RosterEntry } from "./entry";

/**
 * The entries of a roster in YAML: a list of students, each with the keys that CSV has as columns.
 * @throws InvalidRosterError when it is no YAML, or no list of students.
 */
export function readYamlEntries(file: string, text: string): readonly RosterEntry[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (offset: number | undefined) => lines.linePos(offset ?? 0).line;
  if (document.errors.length > 0) {
    throw new InvalidRosterError(
      file,
      document.errors.map(({ message, pos }) => ({
        line: lineOf(pos[0]),
        field: "",
        value: message.split("\n")[0],
        allowed: "YAML",
      })),
    );
  }
  const listAllowed = "a list of students, each `- id: …` with `name: …`";
  if (!isSeq(document.contents)) {
    throw new InvalidRosterError(file, [{ line: 1, field: "", value: undefined, allowed: listAllowed }]);
  }
  return document.contents.items.map((item) => {
    const line = lineOf(isMap(item) ? item.range[0] : 0);
    const fields = z.record(z.string(), z.unknown()).safeParse(isMap(item) ? item.toJS(document) : undefined);
    if (fields.success) return { line, fields: fields.data };
    throw new InvalidRosterError(file, [{ line, field: "", value: undefined, allowed: listAllowed }]);
  });
}
