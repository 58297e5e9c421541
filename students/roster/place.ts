/** A place in a roster's text; both are counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The places of a student's values, by their paths: `id`, `settings.fleet.instanceType`. */
export type Places = ReadonlyMap<string, Place>;

/**
 * The place of a value: its own; else that of the value that contains it (a cell `settings.fleet`), or of the first one
 * that it contains. Undefined when the roster does not have the value.
 */
export function placeOf(places: Places, path: string): Place | undefined {
  const parts = path.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const place = places.get(parts.slice(0, length).join("."));
    if (place !== undefined) return place;
  }
  return [...places].find(([other]) => other.startsWith(`${path}.`))?.[1];
}

/**
 * The places of a CSV record's cells, without the spaces before them.
 * @param raw the record's text, its lines ended by a line feed, with the comments and empty lines before it
 * @param lastLine the number of the record's last line
 */
export function cellPlaces(raw: string, lastLine: number): readonly Place[] {
  const record = raw.replace(/\n$/, "").replace(/^(?:(?:#.*|[ \t]*)\n)+/, "");
  let line = lastLine - (record.split("\n").length - 1);
  let column = 1;
  let quoted = false;
  let isCellStart = true;
  const places: Place[] = [];
  for (const character of record) {
    const isSpace = character === " " || character === "\t" || character === "\uFEFF";
    if (isCellStart && !isSpace) {
      places.push({ line, column });
      isCellStart = false;
    }
    if (character === '"') quoted = !quoted;
    column += 1;
    if (character === "," && !quoted) isCellStart = true;
    if (character === "\n") {
      line += 1;
      column = 1;
    }
  }
  return isCellStart ? [...places, { line, column }] : places;
}
