import { codeBlocksOf, inlineCodeOf } from "./markdown";

/** An npm script as a document writes it. */
export interface NpmCommand {
  readonly script: string;
  readonly words: readonly string[];
  readonly text: string;
}

/** The lines that a document's shell blocks make a user type, without comments; a line that ends in `\` goes on. */
export function shellLinesOf(text: string): readonly string[] {
  return codeBlocksOf(text, "sh")
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, " ").split("\n"))
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
}

/** Every npm script that a document names, in shell blocks and in inline code. */
export function npmCommandsOf(text: string): readonly NpmCommand[] {
  const code = [...shellLinesOf(text), ...codeBlocksOf(text, "").flatMap((block) => block.split("\n"))];
  return [...code, ...inlineCodeOf(text)].flatMap((line) =>
    [...line.matchAll(/\bnpm run (?:-s |--silent )?([\w:-]+)(?: -- ((?:"[^"]*"|'[^']*'|[^)"'])*))?/g)].map(
      ([found, script = "", words = ""]) => ({ script, words: wordsOf(words), text: found.trim() }),
    ),
  );
}

/** Words as a shell splits them: at white space outside of quotes. Four spaces begin the explanation after them. */
export function wordsOf(line: string): readonly string[] {
  const command = line.replace(/ {4,}(?!.* {4}).*$/, "");
  return [...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ""));
}
