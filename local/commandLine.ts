import { commandList, commonOptions, type Option, readWords, unknownWord } from "../cli/options";

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
  ...commonOptions,
  stack: { type: "string", problemOf: stackProblem },
  settings: { type: "string" },
} as const satisfies Readonly<Record<string, Option>>;

/** Reads the words after `npm run local --`. All that is wrong with them is told at once. */
export function parseCommandLine(words: readonly string[]): Parsed {
  const { positionals, has, valueOf, ...read } = readWords(words, options);
  if (has("help")) return { kind: "help" };

  const problems = [...read.problems];
  const [word = "up", ...rest] = positionals;
  if (!isCommand(word)) problems.push(unknownWord("command", word, Object.keys(commands)));
  if (rest.length > 0) problems.push(`one command at a time; unexpected: ${rest.join(" ")}`);
  if (problems.length > 0 || !isCommand(word)) return { kind: "wrong", problems, json: has("json") };
  const port = valueOf("port");
  return {
    kind: "run",
    invocation: {
      command: word,
      stack: valueOf("stack") ?? "local",
      json: has("json"),
      port: port === undefined ? undefined : Number(port),
      yes: has("yes"),
      folder: valueOf("folder"),
      settings: valueOf("settings"),
    },
  };
}

function stackProblem(value: string): string | undefined {
  if (/^[A-Za-z0-9_.-]{1,100}$/.test(value)) return undefined;
  return `--stack ${value} is no stack's name: letters, digits, "-", "_" and "." only`;
}

function isCommand(word: string): word is Command {
  return Object.hasOwn(commands, word);
}

/** What `--help` shows. */
export function usage(): string {
  return [
    "The site on this machine, with no AWS account: npm run local -- [command] [options]",
    "",
    "Commands",
    ...commandList(commands),
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
