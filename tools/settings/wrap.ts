/**
 * Wraps a paragraph: lines of at most `width` columns, all but the first after the indent. Code spans and links are not
 * broken, so that a reader finds them by searching.
 */
export function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of wordsOf(text)) {
    if (line === "") line = word;
    else if (line.length + 1 + word.length <= width - (lines.length === 0 ? 0 : indent.length))
      line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].join(`\n${indent}`);
}

/** Words; a code span is one word, with the punctuation around it. */
function wordsOf(text: string): readonly string[] {
  return text.match(/(?:`[^`]*`|[^\s`])+/g) ?? [];
}
