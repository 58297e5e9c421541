import { distance } from "fastest-levenshtein";
import { parseArgs } from "node:util";

/** One option of a command line. */
export interface Option {
  /** `string` takes a value, `boolean` none. */
  readonly type: "string" | "boolean";
  /** Its short form, one letter. */
  readonly short?: string;
  readonly multiple?: boolean;
  /** The problem with a value, if it has one. */
  readonly problemOf?: (value: string) => string | undefined;
}

/** Options with the same meaning in every command. */
export const commonOptions = {
  json: { type: "boolean" },
  port: { type: "string", problemOf: portProblem },
  yes: { type: "boolean" },
  folder: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const satisfies Readonly<Record<string, Option>>;

/** A parsed command line. */
export interface ReadOptions<Name extends string> {
  /** Words that are neither options nor their values. */
  readonly positionals: readonly string[];
  readonly has: (name: Name) => boolean;
  /** The values given to an option, in order. */
  readonly valuesOf: (name: Name) => readonly string[];
  /** The last value given to an option. */
  readonly valueOf: (name: Name) => string | undefined;
  /** All problems with the options. */
  readonly problems: readonly string[];
}

/** Parses a command line. It does not throw: `problems` lists the mistakes. */
export function readOptions<Name extends string>(
  words: readonly string[],
  options: Readonly<Record<Name, Option>>,
): ReadOptions<Name> {
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
    : `--port ${value} is not a port: a whole number from 1024 to 65535, or 0 for any free one`;
}

/** The problem with the value of `--stack`. Pulumi allows these characters in the name of a file's stack. */
export function stackProblem(value: string): string | undefined {
  if (/^[A-Za-z0-9_.-]{1,100}$/.test(value)) return undefined;
  return `--stack ${value} is not a stack name: letters, digits, "-", "_" and "." only`;
}

/** Reports an unknown word, and suggests the nearest known one within two typing errors. */
export function unknownWord(what: string, word: string, known: readonly string[]): string {
  const nearest = known.toSorted((a, b) => distance(word, a) - distance(word, b))[0];
  const hint = nearest !== undefined && distance(word, nearest) <= 2 ? `; did you mean ${nearest}?` : "";
  return `unknown ${what} ${word}${hint}`;
}

/** A line for each command in `--help`. */
export function commandList(commands: Readonly<Record<string, string>>): readonly string[] {
  const width = Math.max(9, ...Object.keys(commands).map((name) => name.length + 1));
  return Object.entries(commands).map(([name, text]) => `  ${name.padEnd(width)}${text}`);
}

/** A command line whose last words belong to another program. */
export interface SplitWords<Name extends string> {
  /** The words before the other program's name. */
  readonly own: readonly string[];
  /** The other program's name, if it is there. */
  readonly name: Name | undefined;
  /** The words after it, unchanged. */
  readonly rest: readonly string[];
}

/**
 * Splits a command line at its first word that is neither an option nor an option's value, if this word is one of
 * these names.
 */
export function splitAt<Name extends string>(
  words: readonly string[],
  options: Readonly<Record<string, Option>>,
  names: readonly Name[],
): SplitWords<Name> {
  const { tokens } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const first = tokens.find(({ kind }) => kind === "positional");
  const name = names.find((each) => first?.kind === "positional" && each === first.value);
  return first === undefined || name === undefined
    ? { own: words, name: undefined, rest: [] }
    : { own: words.slice(0, first.index), name, rest: words.slice(first.index + 1) };
}
