import { distance } from "fastest-levenshtein";
import { parseArgs } from "node:util";

/** One option of a command line. */
export interface Option {
  /** `string` takes a value, `boolean` none. */
  readonly type: "string" | "boolean";
  /** One letter that means the same. */
  readonly short?: string;
  readonly multiple?: boolean;
  /** What is wrong with a value, if anything is. */
  readonly problemOf?: (value: string) => string | undefined;
}

/** Options that every command line here has, with the same meaning. */
export const commonOptions = {
  json: { type: "boolean" },
  port: { type: "string", problemOf: portProblem },
  yes: { type: "boolean" },
  folder: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const satisfies Readonly<Record<string, Option>>;

/** The words of a command line, sorted. */
export interface Words<Name extends string> {
  /** Those that are neither options nor their values. */
  readonly positionals: readonly string[];
  readonly has: (name: Name) => boolean;
  /** The values given to an option, in order. */
  readonly valuesOf: (name: Name) => readonly string[];
  /** The last value given to an option. */
  readonly valueOf: (name: Name) => string | undefined;
  /** All that is wrong with the options. */
  readonly problems: readonly string[];
}

/** Sorts the words of a command line. It refuses nothing: `problems` says what is wrong. */
export function readWords<Name extends string>(
  words: readonly string[],
  options: Readonly<Record<Name, Option>>,
): Words<Name> {
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = tokens.filter((token) => token.kind === "option");
  const valuesOf = (name: Name) => given.flatMap((token) => (token.name === name ? (token.value ?? []) : []));
  return {
    positionals,
    has: (name) => given.some((token) => token.name === name),
    valuesOf,
    valueOf: (name) => valuesOf(name).at(-1),
    problems: given.flatMap((token) => optionProblems(token, options)),
  };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

function optionProblems(
  { name, rawName, value }: OptionToken,
  options: Readonly<Record<string, Option>>,
): readonly string[] {
  const option = Object.entries(options).find(([known]) => known === name)?.[1];
  if (option === undefined) {
    const known = Object.keys(options).map((each) => `--${each}`);
    return [unknownWord("option", rawName, known)];
  }
  if (option.type === "boolean") return value === undefined ? [] : [`${rawName} takes no value: ${value}`];
  if (value === undefined || value === "") return [`${rawName} needs a value`];
  const problem = option.problemOf?.(value);
  return problem === undefined ? [] : [problem];
}

function portProblem(value: string): string | undefined {
  const port = Number(value);
  const isPort = /^\d+$/.test(value) && (port === 0 || (port >= 1024 && port <= 65535));
  return isPort
    ? undefined
    : `--port ${value} is no port: a whole number from 1024 to 65535, or 0 for any free one`;
}

/** Says that a word is not known; the nearest is offered when it takes two slips at most. */
export function unknownWord(what: string, word: string, known: readonly string[]): string {
  const nearest = known.toSorted((a, b) => distance(word, a) - distance(word, b))[0];
  const hint = nearest !== undefined && distance(word, nearest) <= 2 ? `; did you mean ${nearest}?` : "";
  return `unknown ${what} ${word}${hint}`;
}

/** A line for each command, as `--help` shows it. */
export function commandList(commands: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(commands).map(([name, text]) => `  ${name.padEnd(9)}${text}`);
}
