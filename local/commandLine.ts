import { distance } from "fastest-levenshtein";
import { parseArgs } from "node:util";

/** What `npm run local` can do, and what each does, as `--help` shows it. */
export const commands = {
  up: "bring the stack up, or to what its settings now say (the default)",
  preview: "show what up would change, and change nothing",
  refresh: "find what changed behind Pulumi's back; up then mends it",
  status: "show the emulator, the stacks, their outputs and fleets",
  down: "destroy the stack's resources; nothing of it stays in the emulator",
  stop: "end the emulator; every stack in it is gone",
} as const;

export type Command = keyof typeof commands;

/** What the user asked for. */
export interface Invocation {
  readonly command: Command;
  /** Whose settings are tried: `Pulumi.<stack>.yaml`. */
  readonly stack: string;
  /** One JSON object on standard output. */
  readonly json: boolean;
  /** TCP port for the emulator; undefined takes the usual one, or where it runs already. */
  readonly port: number | undefined;
  /** Take down without asking. */
  readonly yes: boolean;
  /** Where everything that the run makes is kept; undefined is `.local` in the working copy. */
  readonly folder: string | undefined;
  /** Where Pulumi.yaml and the stacks' settings are read; undefined is the working copy. */
  readonly settings: string | undefined;
}

/** What the words on the command line amount to. */
export type Parsed =
  | { readonly kind: "run"; readonly invocation: Invocation }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problems: readonly string[]; readonly json: boolean };

const options = {
  stack: { type: "string" },
  json: { type: "boolean" },
  port: { type: "string" },
  yes: { type: "boolean" },
  folder: { type: "string" },
  settings: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Reads the words after `npm run local --`. All that is wrong with them is told at once. */
export function parseCommandLine(words: readonly string[]): Parsed {
  const { tokens, values, positionals } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  if (values.help === true) return { kind: "help" };

  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind === "option") problems.push(...optionProblems(token));
  }
  const [word = "up", ...rest] = positionals;
  if (!isCommand(word)) problems.push(unknown("command", word, Object.keys(commands)));
  if (rest.length > 0) problems.push(`one command at a time; unexpected: ${rest.join(" ")}`);
  const stack = wordOf(values.stack) ?? "local";
  const json = values.json === true;
  const port = wordOf(values.port);

  if (problems.length > 0 || !isCommand(word)) return { kind: "wrong", problems, json };
  return {
    kind: "run",
    invocation: {
      command: word,
      stack,
      json,
      port: port === undefined ? undefined : Number(port),
      yes: values.yes === true,
      folder: wordOf(values.folder),
      settings: wordOf(values.settings),
    },
  };
}

/** What stands after an option; a lone one, which is told as a problem, has none. */
function wordOf(value: string | boolean | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

function optionProblems({ name, rawName, value }: OptionToken): readonly string[] {
  const option = Object.entries(options).find(([known]) => known === name)?.[1];
  if (option === undefined) {
    return [
      unknown(
        "option",
        rawName,
        Object.keys(options).map((known) => `--${known}`),
      ),
    ];
  }
  if (option.type === "boolean") return value === undefined ? [] : [`${rawName} takes no value: ${value}`];
  if (value === undefined || value === "") return [`${rawName} needs a value`];
  if (name === "stack" && !/^[A-Za-z0-9_.-]{1,100}$/.test(value)) {
    return [`--stack ${value} is no stack's name: letters, digits, "-", "_" and "." only`];
  }
  if (name === "port" && !isPort(value)) {
    return [`--port ${value} is no port: a whole number from 1024 to 65535, or 0 for any free one`];
  }
  return [];
}

function isPort(value: string): boolean {
  const port = Number(value);
  return /^\d+$/.test(value) && (port === 0 || (port >= 1024 && port <= 65535));
}

function isCommand(word: string): word is Command {
  return Object.hasOwn(commands, word);
}

/** The nearest word is offered when it takes two slips at most. */
function unknown(what: string, word: string, known: readonly string[]): string {
  const nearest = known.toSorted((a, b) => distance(word, a) - distance(word, b))[0];
  const hint = nearest !== undefined && distance(word, nearest) <= 2 ? `; did you mean ${nearest}?` : "";
  return `unknown ${what} ${word}${hint}`;
}

/** What `--help` shows. */
export function usage(): string {
  const list = Object.entries(commands).map(([name, text]) => `  ${name.padEnd(9)}${text}`);
  return [
    "The site on this machine, with no AWS account: npm run local -- [command] [options]",
    "",
    "Commands",
    ...list,
    "",
    "Options",
    "  --stack NAME    whose settings to try: local (the default), dev, prod; Pulumi.NAME.yaml",
    "  --port N        where the emulator listens on 127.0.0.1; 0 for any free port",
    "  --json          one JSON object on standard output, everything else on standard error",
    "  --yes           take down without asking",
    "  --folder DIR    where everything that a run makes is kept; .local by default",
    "  --settings DIR  where Pulumi.yaml and Pulumi.NAME.yaml are read; the working copy by default",
    "  --help          this text",
  ].join("\n");
}
