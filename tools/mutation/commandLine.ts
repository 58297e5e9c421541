/** What the command does. */
export interface Request {
  /** The chosen parts; all of them without a name. */
  readonly parts: readonly string[];
  /** The only files to mutate; empty for all files of the parts. */
  readonly files: readonly string[];
  /** Whether to list the surviving mutants of earlier runs, and to run nothing. */
  readonly survivors: boolean;
}

const option = "--survivors";

/**
 * Reads the words of the command line: `--survivors`, parts, and files (words that end in `.ts`, relative to the
 * repository).
 *
 * @throws Error for an unknown word, or for files of not exactly one part
 */
export function parseCommandLine(words: readonly string[], allParts: readonly string[]): Request {
  const files = words.filter((word) => word.endsWith(".ts"));
  const named = words.filter((word) => word !== option && !files.includes(word));
  const unknown = named.filter((word) => !allParts.includes(word));
  if (unknown.length > 0) {
    throw new Error(
      `unknown: ${unknown.join(", ")}; allowed are ${option}, files and the parts ${allParts.join(", ")}`,
    );
  }
  if (files.length > 0 && named.length !== 1) {
    throw new Error(
      `${files.join(", ")}: name the one part that has these files, e.g. views ${files.join(" ")}`,
    );
  }
  return { parts: named.length === 0 ? allParts : named, files, survivors: words.includes(option) };
}
