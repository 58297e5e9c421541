import measure from "fast-string-truncated-width";
import { stripVTControlCharacters } from "node:util";

/** The text as one row of at most so many columns; `…` marks what was cut. Korean letters take two columns. */
export function clipToWidth(text: string, columns: number): string {
  const row = stripVTControlCharacters(text).replaceAll(/[\t\n\r]+/g, " ");
  const { index, ellipsed } = measure(row, { limit: columns, ellipsis: "…" });
  return ellipsed ? `${row.slice(0, index)}…` : row.slice(0, index);
}

/** The text with spaces after it, so many columns wide. */
export function padToWidth(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - measure(text).width));
}

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  return measure(text).width;
}

/** The width of a terminal that shows the text without breaking lines. */
export const outputColumns = 80;

/** Breaks a text at its spaces into rows of at most so many columns; a longer word has a row of its own. */
export function wrap(text: string, columns: number): readonly string[] {
  const rows: string[] = [];
  for (const word of text.split(" ")) {
    const last = rows.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || clipToWidth(joined, columns) !== joined) rows.push(word);
    else rows[rows.length - 1] = joined;
  }
  return rows;
}
