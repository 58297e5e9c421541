import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  YAMLMap,
  type Document,
  type YAMLSeq,
} from "yaml";

import { isRecord } from "../settings/merge";
import { settingOf } from "./cell";
import { InvalidRosterError, type RosterEntries, type RosterProblem } from "./entry";
import type { Place } from "./place";

/**
 * The entries of a roster in YAML: a list of students, each with the keys that CSV has as columns; or `students` with
 * such a list, beside keys for all of them.
 * @throws InvalidRosterError when the text is not YAML or not a list of students.
 */
export function readYamlEntries(file: string, text: string): RosterEntries {
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
  const readFields = (node: unknown) => {
    const places = new Map<string, Place>();
    const fields = valueOf(document, node, [], (path, offset) => {
      const { line, col } = lines.linePos(offset);
      places.set(path.join("."), { line, column: col });
    });
    return { fields, places };
  };
  const { list, rest } = partsOf(document.contents);
  if (list === undefined) {
    throw new InvalidRosterError(file, [{ line: 1, field: "", value: undefined, allowed: listAllowed }]);
  }
  const ofClass = readFields(rest);
  const forAll = isRecord(ofClass.fields) ? ofClass.fields : {};
  const problems: RosterProblem[] = Object.keys(forAll)
    .filter((key) => !classKeys.includes(key))
    .map((key) => ({
      line: ofClass.places.get(key)?.line ?? 1,
      field: key,
      value: forAll[key],
      allowed: `students, or for all of them ${classKeys.join(", ")}`,
    }));
  const entries = list.items.flatMap((item) => {
    const line = lineOf(isNode(item) ? item.range?.[0] : undefined);
    const { fields, places } = readFields(item);
    if (isRecord(fields)) {
      const known = Object.entries(forAll).filter(([key]) => classKeys.includes(key));
      return [
        {
          line,
          fields: { ...Object.fromEntries(known), ...fields },
          places: new Map([...ofClass.places, ...places]),
        },
      ];
    }
    problems.push({ line, field: "", value: fields, allowed: listAllowed });
    return [];
  });
  return { entries, problems };
}

/** What a roster in YAML may state once, beside `students`, for every student who does not state it. */
const classKeys: readonly string[] = ["budgetDollars", "endsAt", "region"];

/** The list of students: the whole roster, or its `students` beside what applies to all of them. */
function partsOf(contents: unknown): {
  readonly list: YAMLSeq | undefined;
  readonly rest: YAMLMap;
} {
  const rest = new YAMLMap();
  if (isSeq(contents)) return { list: contents, rest };
  if (!isMap(contents)) return { list: undefined, rest };
  const isStudents = ({ key }: { readonly key: unknown }) => isScalar(key) && key.value === "students";
  const students = contents.items.find(isStudents)?.value;
  rest.items.push(...contents.items.filter((item) => !isStudents(item)));
  return { list: isSeq(students) ? students : undefined, rest };
}

/**
 * A node's value. Where the field is text, it is the text as written in the roster: YAML itself would read 11.4 and
 * an account's 012345678901 as numbers.
 */
function valueOf(
  document: Document,
  node: unknown,
  path: readonly string[],
  found: (path: readonly string[], offset: number) => void,
): unknown {
  if (isNode(node) && node.range !== undefined && node.range !== null && path.length > 0) {
    found(path, node.range[0]);
  }
  // The values of an alias are at the anchor, which is another student's: the place is that of the alias.
  if (isAlias(node)) return valueOf(document, node.resolve(document), path, () => undefined);
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map(({ key, value }) => {
        const name = String(isScalar(key) ? (key.source ?? key.value) : key);
        return [name, valueOf(document, value, [...path, name], found)];
      }),
    );
  }
  if (isSeq(node)) return node.items.map((item) => valueOf(document, item, [...path, "*"], () => undefined));
  if (!isScalar(node)) return null;
  const { source, value } = node;
  if (node.type !== "PLAIN" || source === undefined || typeof value === "string" || value === null) {
    return value;
  }
  const [field, ...setting] = path;
  return field !== "settings" || settingOf(setting, source) === source ? source : value;
}
