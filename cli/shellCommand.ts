/** Options of a command by name, without the dashes: `true` for one without a value, undefined for one that is not given. */
export type GivenOptions = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * A command that the user can paste into a shell: `npm run local -- down --stack dev`.
 *
 * @param script the npm script
 * @param words the command and what follows it
 * @param options the options of this run
 */
export function npmCommand(script: string, words: readonly string[], options: GivenOptions = {}): string {
  const given = [...words, ...optionWords(options)];
  return [`npm run ${script}`, ...(given.length === 0 ? [] : ["--", ...given.map(shellWord)])].join(" ");
}

/** The options as words of a command line. */
export function optionWords(options: GivenOptions): readonly string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, String(value)];
  });
}

/** The text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
