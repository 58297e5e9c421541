import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from "yaml";

import { suggestion } from "./suggestion";

/** A value of a YAML file, and the line where it is. */
export interface Located {
  readonly value: unknown;
  /** From 1. */
  readonly line: number;
  /** The members of a mapping by their keys, else undefined. */
  readonly members: ReadonlyMap<string, Located> | undefined;
  /** The items of a sequence, else undefined. */
  readonly items: readonly Located[] | undefined;
}

/** Something that is wrong with a file. */
export interface Problem {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** Notes a problem at a place of a file. */
export type Refuse = (where: Pick<Located, "line">, problem: string) => void;

/** Refuses the keys of a mapping that are not known; `what` names the known ones. */
export function refuseUnknown(
  members: NonNullable<Located["members"]>,
  known: readonly string[],
  what: string,
  refuse: Refuse,
): void {
  for (const [name, where] of members) {
    if (!known.includes(name)) refuse(where, `${name}: unknown; ${suggestion(name, known, what)}`);
  }
}

/** Reads a YAML text; undefined values for an empty one. */
export function locate(text: string): Located | { readonly problem: string; readonly line: number } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    return { problem: `not valid YAML: ${error.message}`, line: lines.linePos(error.pos[0]).line };
  }
  return located(document.contents, document, lines, 1);
}

function located(node: unknown, document: Document, lines: LineCounter, above: number): Located {
  const line = lineOf(node, lines) ?? above;
  if (isMap(node)) {
    const members = node.items.map(({ key, value }) => {
      const keyLine = lineOf(key, lines) ?? line;
      const member = located(value, document, lines, keyLine);
      // A nested value starts below its key; a message about it names the key's line.
      return [isScalar(key) ? String(key.value) : String(key), { ...member, line: keyLine }] as const;
    });
    return { value: node.toJS(document), line, members: new Map(members), items: undefined };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => located(item, document, lines, line));
    return { value: node.toJS(document), line, members: undefined, items };
  }
  return { value: isScalar(node) ? node.value : undefined, line, members: undefined, items: undefined };
}

function lineOf(node: unknown, lines: LineCounter): number | undefined {
  const range = hasRange(node) ? node.range : undefined;
  return range === undefined || range === null ? undefined : lines.linePos(range[0]).line;
}

function hasRange(node: unknown): node is Node {
  return typeof node === "object" && node !== null && "range" in node;
}
