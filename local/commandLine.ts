import { commandList, commonOptions, type Option, readOptions, splitAt, unknownWord } from "../cli/options";
import type { Parsed } from "../cli/runCommand";

/** The commands of `npm run local`, with their text in `--help`. */
export const commands = {
  up: "create the stack, or update it to its settings (the default)",
  preview: "show what up would change, and change nothing",
  refresh: "find changes made outside Pulumi; the next up reverts them",
  status: "show the emulator, the stacks, their outputs and fleets",
  down: "destroy the stack's resources, and check that none remains",
  stop: "stop the emulator; every stack in it ends",
  aws: "run the AWS CLI on the stack's account: aws ec2 describe-instances",
  pulumi: "run the Pulumi CLI on the stack: pulumi stack output",
} as const;

/** Commands that run another program: all words after them belong to it. */
const through = ["aws", "pulumi"] as const;

export type Command = keyof typeof commands;

/** The user's command and options. */
export interface Invocation {
  readonly command: Command;
  /** Other programs' words: those after `aws` or `pulumi`. */
  readonly words: readonly string[];
  /** The stack, with the settings in `Pulumi.<stack>.yaml`. */
  readonly stack: string;
  /** One JSON object on standard output. */
  readonly json: boolean;
  /** TCP port for the emulator; undefined: the port of a running one, else 4577 or the next free port. */
  readonly port: number | undefined;
  /** Destroy without asking. */
  readonly yes: boolean;
  /** The folder for everything that the run creates; undefined: `.local` in the working copy. */
  readonly folder: string | undefined;
  /** The folder of Pulumi.yaml and the stacks' settings; undefined: the working copy. */
  readonly settings: string | undefined;
}

export const options = {
  ...commonOptions,
  stack: { type: "string", problemOf: stackProblem },
  settings: { type: "string" },
} as const satisfies Readonly<Record<string, Option>>;

/** Reads the words after `npm run local --`. Reports all their problems at once. */
export function parseCommandLine(given: readonly string[]): Parsed<Invocation> {
  const { own, name, rest: words } = splitAt(given, options, through);
  const { positionals, has, valueOf, ...read } = readOptions(own, options);
  if (has("help")) return { kind: "help" };

  const problems = [...read.problems];
  const [word = name ?? "up", ...others] = positionals;
  if (!isCommand(word)) problems.push(unknownWord("command", word, Object.keys(commands)));
  if (others.length > 0) problems.push(`one command at a time; unexpected: ${others.join(" ")}`);
  for (const option of ["json", "yes"] as const) {
    if (name !== undefined && has(option))
      problems.push(`--${option} does not apply to ${name}, which has options of its own`);
  }
  if (problems.length > 0 || !isCommand(word)) return { kind: "wrong", problems, json: has("json") };
  const port = valueOf("port");
  return {
    kind: "run",
    invocation: {
      command: word,
      words,
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
  return `--stack ${value} is not a stack name: letters, digits, "-", "_" and "." only`;
}

function isCommand(word: string): word is Command {
  return Object.hasOwn(commands, word);
}

/** The text of `--help`. */
export function usage(): string {
  return [
    "The site on this machine, with no AWS account: npm run local -- [command] [options]",
    "",
    "Commands",
    ...commandList(commands),
    "",
    "Options",
    "  --stack NAME    the stack, with the settings in Pulumi.NAME.yaml: local (the default), dev, prod",
    "  --port N        the emulator's port on 127.0.0.1; 4577 or the next free one by default, 0 for any free one",
    "  --json          one JSON object on standard output, everything else on standard error",
    "  --yes           destroy without asking",
    "  --folder DIR    the folder for everything that a run creates; .local by default",
    "  --settings DIR  the folder of Pulumi.yaml and Pulumi.NAME.yaml; the working copy by default",
    "  --help          this text",
    "",
    "Options of this program come before the words aws and pulumi; all words after them are the other program's.",
    "Exit status: 0; 1 failed; 2 misused; 130 stopped with Ctrl-C; after aws and pulumi, theirs.",
  ].join("\n");
}
