/** Lines that are nothing but a comment, by the end of a file's name. A script's first line is none. */
const commentLines: Readonly<Record<string, RegExp>> = {
  sh: /^\s*#(?!!)/,
  txt: /^#/,
  // Also a docblock's: each of its lines begins with a star.
  php: /^\s*(?:\/\/|\/\*\*|\*)/,
  ini: /^\s*;/,
  conf: /^\s*[#;]/,
  service: /^#/,
  timer: /^#/,
  path: /^#/,
  preset: /^#/,
  mount: /^#/,
};

/**
 * A file without its comment lines.
 * @throws when files of this kind are not known, so that no comment rule is guessed
 */
export function withoutComments(fileName: string, content: string): string {
  const kind = fileName.split(".").at(-1) ?? "";
  const comment = commentLines[kind];
  if (comment === undefined) {
    throw new Error(`No comment rule for ${fileName}: add "${kind}" to commentLines in comments.ts.`);
  }
  return content
    .split("\n")
    .filter((line) => !comment.test(line))
    .join("\n");
}

/** A file as user data carries it: without comments, indentation and empty lines, none of which a server needs. */
export function compact(fileName: string, content: string): string {
  const lines = withoutComments(fileName, content).split("\n");
  return lines
    .map((line) => line.trimStart())
    .filter((line) => line !== "")
    .map((line) => `${line}\n`)
    .join("");
}
