import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";

import { isRecord } from "../settings/merge";
import { settingOf } from "./cell";
import { InvalidRosterError, type RosterEntry } from "./entry";

/**
 * The entries of a roster in YAML: a list of students, each with the keys that CSV has as columns.
 * @throws InvalidRosterError when the text is not YAML or not a list of students.
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
    const fields = valueOf(document, item, []);
    if (isRecord(fields)) return { line, fields };
    throw new InvalidRosterError(file, [{ line, field: "", value: undefined, allowed: listAllowed }]);
  });
}

/**
 * A node's value. Where the field is text, it is the text as written in the roster: YAML itself would read 11.4 and
 * an account's 012345678901 as numbers.
 */
function valueOf(document: Document, node: unknown, path: readonly string[]): unknown {
  if (isAlias(node)) return valueOf(document, node.resolve(document), path);
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map(({ key, value }) => {
        const name = String(isScalar(key) ? (key.source ?? key.value) : key);
        return [name, valueOf(document, value, [...path, name])];
      }),
    );
  }
  if (isSeq(node)) return node.items.map((item) => valueOf(document, item, [...path, "*"]));
  if (!isScalar(node)) return null;
  const { source, value } = node;
  if (node.type !== "PLAIN" || source === undefined || typeof value === "string" || value === null) {
    return value;
  }
  const [field, ...setting] = path;
  return field !== "settings" || settingOf(setting, source) === source ? source : value;
}
