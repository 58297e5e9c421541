import { distance } from "fastest-levenshtein";
import { parseArgs } from "node:util";

/** What `npm run students` can do, and what each does, as `--help` shows it. */
export const commands = {
  plan: "show what up would change and what it would cost; changes nothing",
  up: "bring each student's stack to what the settings say; goes on where it was cut off",
  status: "show who is up, paused or failed, and what it costs; needs no credentials",
  pause: "no servers, and the database stopped, until resume",
  resume: "bring the paused ones back",
  down: "destroy each student's stack, and tell what is left",
} as const;

export type Command = keyof typeof commands;

/** What the user asked for. */
export interface Invocation {
  readonly command: Command;
  readonly roster: string;
  /** These students alone; undefined is all. */
  readonly only: readonly string[] | undefined;
  /** How many at once; undefined is as many as there are cores. */
  readonly parallel: number | undefined;
  /** In the emulator on this machine. */
  readonly local: boolean;
  /** TCP port for the emulator; undefined takes the usual one, or where it runs already. */
  readonly port: number | undefined;
  /** One JSON object on standard output. */
  readonly json: boolean;
  /** Take down without asking. */
  readonly yes: boolean;
  /** Where everything that runs make is kept; undefined is `.local` in the working copy. */
  readonly folder: string | undefined;
}

export type Parsed =
  | { readonly kind: "run"; readonly invocation: Invocation }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problems: readonly string[]; readonly json: boolean };

const options = {
  only: { type: "string", multiple: true },
  parallel: { type: "string" },
  local: { type: "boolean" },
  port: { type: "string" },
  json: { type: "boolean" },
  yes: { type: "boolean" },
  folder: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Reads the words after `npm run students --`. All that is wrong with them is told at once. */
export function parseCommandLine(words: readonly string[]): Parsed {
  const { tokens, values, positionals } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  if (values.help === true) return { kind: "help" };

  const problems = tokens.flatMap((token) => (token.kind === "option" ? optionProblems(token) : []));
  const [command, roster, ...rest] = positionals;
  if (command === undefined) problems.push(`a command is missing: ${Object.keys(commands).join(", ")}`);
  else if (!isCommand(command)) problems.push(unknown("command", command, Object.keys(commands)));
  if (command !== undefined && roster === undefined) {
    problems.push("a roster is missing: a CSV or YAML file with id and name of each student");
  }
  if (rest.length > 0) problems.push(`one roster at a time; unexpected: ${rest.join(" ")}`);
  const json = values.json === true;
  if (problems.length > 0 || command === undefined || !isCommand(command) || roster === undefined) {
    return { kind: "wrong", problems, json };
  }
  const only = (values.only ?? []).flatMap((ids) => (typeof ids === "string" ? ids.split(",") : []));
  return {
    kind: "run",
    invocation: {
      command,
      roster,
      only: only.length === 0 ? undefined : only,
      parallel: typeof values.parallel === "string" ? Number(values.parallel) : undefined,
      local: values.local === true,
      port: typeof values.port === "string" ? Number(values.port) : undefined,
      json,
      yes: values.yes === true,
      folder: typeof values.folder === "string" ? values.folder : undefined,
    },
  };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

function optionProblems({ name, rawName, value }: OptionToken): string[] {
  const option = Object.entries(options).find(([known]) => known === name)?.[1];
  if (option === undefined) {
    const known = Object.keys(options).map((each) => `--${each}`);
    return [unknown("option", rawName, known)];
  }
  if (option.type === "boolean") return value === undefined ? [] : [`${rawName} takes no value: ${value}`];
  if (value === undefined || value === "") return [`${rawName} needs a value`];
  if (name === "parallel" && !/^[1-9]\d{0,2}$/.test(value)) {
    return [`--parallel ${value} is no number of students at once: a whole number from 1 to 999`];
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
    "A stack for each student of a class: npm run students -- COMMAND ROSTER [options]",
    "",
    "Commands",
    ...list,
    "",
    "Options",
    "  --only ID,ID    these students alone",
    "  --parallel N    how many at once; as many as this machine has cores by default",
    "  --local         in the emulator on this machine, an account for each; no AWS account is touched",
    "  --port N        where the emulator listens on 127.0.0.1; 0 for any free port",
    "  --json          one JSON object on standard output, everything else on standard error",
    "  --yes           take down without asking",
    "  --folder DIR    where everything that runs make is kept; .local by default",
    "  --help          this text",
  ].join("\n");
}
