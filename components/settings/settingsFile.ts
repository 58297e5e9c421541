import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Document,
  visit,
  type YAMLError,
} from "yaml";

import type { Problem } from "./problem";
import { syntaxProblem } from "./yamlSyntax";
import { decodeUtf8 } from "./yamlText";

/** A YAML file of settings, with the places of its values. */
export interface SettingsFile {
  /** E.g. `Pulumi.dev.yaml`. */
  readonly name: string;
  /** Its value; `undefined` when the file is not YAML, or empty. */
  readonly content: unknown;
  /** What is wrong with the text itself, whatever it should contain. */
  readonly problems: readonly Problem[];
  /** The line of a value, from 1; of the innermost group around it when it is missing. */
  readonly lineOf: (path: readonly string[]) => number;
  /** A value as the file shows it when no quotes are around it: YAML reads `11.10` as the number 11.1. */
  readonly plainTextOf: (path: readonly string[]) => string | undefined;
}

/** Reads a file as Pulumi does: YAML with merge keys, in UTF-8. Refuses nothing itself: see `problems`. */
export function readSettingsFile(name: string, bytes: Uint8Array): SettingsFile {
  const decoded = decodeUtf8(bytes);
  if ("problem" in decoded) return unreadable(name, [decoded.problem]);
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const [document, second] = parseAllDocuments(decoded.text, {
    lineCounter: lines,
    merge: true,
    logLevel: "error",
    // Found below with the lines of both.
    uniqueKeys: false,
  });
  if (document === undefined) return unreadable(name, []);
  const problems = independent([...document.errors, ...(second?.errors ?? [])]).map((error) =>
    syntaxProblem(error, lineAt(error.pos[0]), decoded.text),
  );
  if (problems.length > 0) return unreadable(name, problems);
  const unknown = unknownAliases(document, lineAt);
  if (unknown.length > 0) return unreadable(name, unknown);
  const find = (path: readonly string[]) => findNode(document, path);
  return {
    name,
    content: document.toJS(),
    problems: [
      ...(second === undefined ? [] : [secondDocument(lineAt(second.range[0]))]),
      ...repeatedKeys(document, lineAt),
    ],
    lineOf: (path) => lineAt(find(path).offset),
    plainTextOf: (path) => {
      const { node } = find(path);
      return isScalar(node) && node.type === "PLAIN" ? node.source : undefined;
    },
  };
}

function unreadable(name: string, problems: readonly Problem[]): SettingsFile {
  return { name, content: undefined, problems, lineOf: () => 1, plainTextOf: () => undefined };
}

/** What follows the first mistake is often its consequence; each tab is a mistake of its own. */
function independent(errors: readonly YAMLError[]): readonly YAMLError[] {
  return errors.filter(({ code }, index) => index === 0 || code === "TAB_AS_INDENT");
}

function unknownAliases(document: Document, lineAt: (offset: number) => number): readonly Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return;
      const allowed = "an anchor that is above it, or a text in quotes: YAML reads * as an alias";
      problems.push({ path: "", value: `*${alias.source}`, allowed, line: lineAt(offsetOf(alias) ?? 0) });
    },
  });
  return problems;
}

function secondDocument(line: number): Problem {
  return { path: "", value: "---", allowed: "one YAML document: Pulumi ignores what follows", line };
}

/** Keys that are in the same map twice; Pulumi refuses them. */
function repeatedKeys(document: Document, lineAt: (offset: number) => number): readonly Problem[] {
  const problems: Problem[] = [];
  const look = (node: unknown, path: readonly string[]): void => {
    if (isSeq(node))
      node.items.forEach((item, index) => {
        look(item, [...path, String(index)]);
      });
    if (!isMap(node)) return;
    const lines = new Map<string, number>();
    for (const { key, value } of node.items) {
      const name = nameOf(key);
      const line = lineAt(offsetOf(key) ?? 0);
      const first = lines.get(name);
      if (first === undefined) lines.set(name, line);
      else if (name !== mergeKey) problems.push(repeated([...path, name], line, first));
      look(value, [...path, name]);
    }
  };
  look(document.contents, []);
  return problems;
}

const mergeKey = "<<";

function repeated(path: readonly string[], line: number, first: number): Problem {
  const allowed = `once: line ${String(first)} has the same key; remove one of them`;
  return { path: settingPath(path), value: "[repeated key]", allowed, line };
}

/** A path for a message: without the `config` of the file. */
export function settingPath(path: readonly string[]): string {
  return (path[0] === "config" && path.length > 1 ? path.slice(1) : path).join(".");
}

/** The node at a path, or the innermost one around it, and where its key starts. */
function findNode(
  document: Document,
  path: readonly string[],
): { readonly node: unknown; readonly offset: number } {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const key of path) {
    const inner = memberOf(document, node, key);
    if (inner === undefined) return { node: undefined, offset };
    ({ node } = inner);
    offset = inner.offset;
  }
  return { node: resolved(document, node), offset };
}

function memberOf(
  document: Document,
  parent: unknown,
  name: string,
): { readonly node: unknown; readonly offset: number } | undefined {
  const node = resolved(document, parent);
  if (isSeq(node)) {
    const item = node.items[Number(name)];
    return item === undefined ? undefined : { node: item, offset: offsetOf(item) ?? 0 };
  }
  if (!isMap(node)) return undefined;
  // As in the value, the last of repeated keys counts.
  const own = node.items.findLast(({ key }) => nameOf(key) === name);
  if (own !== undefined) return { node: own.value, offset: offsetOf(own.key) ?? 0 };
  const merged = node.items
    .filter(({ key }) => nameOf(key) === mergeKey)
    .map(({ value }) => resolved(document, value));
  for (const source of merged.flatMap((each) => (isSeq(each) ? each.items : [each]))) {
    const inner = memberOf(document, source, name);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function nameOf(key: unknown): string {
  if (!isScalar(key)) return String(key);
  // The value of a merge key is a symbol.
  return String(typeof key.value === "string" ? key.value : (key.source ?? key.value));
}

function offsetOf(node: unknown): number | undefined {
  return hasRange(node) ? node.range?.[0] : undefined;
}

function hasRange(node: unknown): node is Pick<Node, "range"> {
  return typeof node === "object" && node !== null && "range" in node;
}
