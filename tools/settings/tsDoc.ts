import type { SettingFacts } from "./facts";
import { wrap } from "./wrap";

/** Columns of a comment's text, so that its lines have at most 110 with the indent. */
const width = 100;

/** The TSDoc of a key: an editor shows meaning, unit, range and default beside the key. */
export function tsDoc({ meaning, unit, range, default: fallback }: SettingFacts): string {
  const items = [
    ...(unit === undefined ? [] : [`- Unit: ${unit}`]),
    ...(range === undefined ? [] : [`- Range: ${range}`]),
  ];
  return docComment([
    meaning,
    ...(items.length === 0 ? [] : [items.map((each) => wrap(each, width, "  ")).join("\n")]),
    ...(fallback === undefined ? [] : [`@default ${fallback.text}`]),
  ]);
}

/** A documentation comment of several paragraphs. */
export function docComment(paragraphs: readonly string[]): string {
  const text = paragraphs
    .map((each) => (each.startsWith("- ") ? each : wrap(each, width, each.startsWith("@") ? "  " : "")))
    .join("\n\n")
    .replace("\n\n@default", "\n@default");
  if (text.includes("*/")) throw new TypeError(`this text would end its comment: ${text}`);
  const lines = text.split("\n");
  if (lines.length === 1) return `/** ${text} */`;
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n");
}
