/** Text of a Markdown document without its fenced code blocks. */
export function proseOf(text: string): string {
  return text.replaceAll(/^( *)```[^]*?^\1```$/gm, "");
}

/** The fenced code blocks of a language, e.g. `sh`; `""` for those without one. */
export function codeBlocksOf(text: string, language: string): readonly string[] {
  return [...text.matchAll(/^( *)```(\w*)\n([^]*?)^\1```$/gm)]
    .filter(([, , found]) => found === language)
    .map(([, , , code = ""]) => code);
}

/** Inline code, without its back quotes. */
export function inlineCodeOf(text: string): readonly string[] {
  return [...proseOf(text).matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, code = ""]) =>
    code.replaceAll(/\s+/g, " "),
  );
}

/** Where the links and pictures of a document lead. */
export function linksOf(text: string): readonly string[] {
  return [...proseOf(text).matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = ""]) => target);
}

/** The anchors of a document's headings, as GitHub makes them. */
export function anchorsOf(text: string): readonly string[] {
  return [...proseOf(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
