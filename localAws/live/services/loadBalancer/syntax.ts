/** HAProxy's own syntax: words, patterns and names. */

/** One word of a configuration line, whatever characters it has. Nothing in it is expanded. */
export function word(text: string): string {
  if (/[\0\r\n]/.test(text)) {
    throw new Error(
      `${JSON.stringify(text)} has a line break, which no word of HAProxy's configuration has.`,
    );
  }
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Text that a log format takes as it is. */
export function literal(text: string): string {
  return text.replaceAll("%", "%%");
}

/** The regular expression of a pattern of a listener's rule: `*` is any text, `?` is one character. */
export function wildcard(pattern: string): string {
  const escaped = pattern.replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`);
  return `^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`;
}

/** A name of a proxy or server. */
export function nameOf(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_.:-]/g, "-");
}
