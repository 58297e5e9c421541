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

/** Strings, blanks, words, and any other character. */
const phpTokens = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\s+|[\w$\\]+|./gs;

/**
 * PHP without the blanks that separate no words; a line for each statement.
 * @throws for what would need more than a look at strings: a heredoc, HTML, a comment after code
 */
export function withoutBlanks(fileName: string, content: string): string {
  const [opening = "", ...lines] = content.split("\n");
  const tokens = lines.join("\n").match(phpTokens) ?? [];
  const code = tokens.map((token) => (/^['"]/.test(token) ? "''" : token)).join("");
  const strange = /<<<|\?>|\/\/|\/\*|#/.exec(code);
  if (opening !== "<?php" || strange !== null) {
    throw new Error(
      `${fileName} has ${strange?.[0] ?? opening} outside a string; blanks there may mean something.`,
    );
  }
  const kept = tokens.map((token, index) => {
    if (token.trim() !== "") return token;
    const [before, after] = [tokens[index - 1]?.at(-1) ?? "", tokens[index + 1]?.at(0) ?? ""];
    if (token.includes("\n") && /[;{}]/.test(before)) return "\n";
    // Words, a number beside a point, and signs that would become another one.
    return /[\w$\\] [\w$\\]|\d \.|\. \d|([-+&?]) \1/.test(`${before} ${after}`) ? " " : "";
  });
  return `${opening}\n${kept.join("")}\n`;
}

/** A file as user data carries it: without comments, indentation and blanks that a server does not need. */
export function compact(fileName: string, content: string): string {
  const kept = withoutComments(fileName, content);
  const lines = (fileName.endsWith(".php") ? withoutBlanks(fileName, kept) : kept).split("\n");
  return lines
    .map((line) => line.trimStart())
    .filter((line) => line !== "")
    .map((line) => `${line}\n`)
    .join("");
}
