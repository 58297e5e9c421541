import { commandList, commonOptions, type Option, readOptions, unknownWord } from "../cli/options";
import type { Parsed } from "../cli/runCommand";

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

export const options = {
  ...commonOptions,
  only: { type: "string", multiple: true },
  parallel: { type: "string", problemOf: parallelProblem },
  local: { type: "boolean" },
} as const satisfies Readonly<Record<string, Option>>;

/** Reads the words after `npm run students --`. All that is wrong with them is told at once. */
export function parseCommandLine(words: readonly string[]): Parsed<Invocation> {
  const { positionals, has, valueOf, valuesOf, ...read } = readOptions(words, options);
  if (has("help")) return { kind: "help" };

  const problems = [...read.problems];
  const [command, roster, ...rest] = positionals;
  if (command === undefined) problems.push(`a command is missing: ${Object.keys(commands).join(", ")}`);
  else if (!isCommand(command)) problems.push(unknownWord("command", command, Object.keys(commands)));
  if (command !== undefined && roster === undefined) {
    problems.push("a roster is missing: a CSV or YAML file with id and name of each student");
  }
  if (rest.length > 0) problems.push(`one roster at a time; unexpected: ${rest.join(" ")}`);
  if (problems.length > 0 || command === undefined || !isCommand(command) || roster === undefined) {
    return { kind: "wrong", problems, json: has("json") };
  }
  const only = valuesOf("only").flatMap((ids) => ids.split(","));
  return {
    kind: "run",
    invocation: {
      command,
      roster,
      only: only.length === 0 ? undefined : only,
      parallel: numberIn(valueOf("parallel")),
      local: has("local"),
      port: numberIn(valueOf("port")),
      json: has("json"),
      yes: has("yes"),
      folder: valueOf("folder"),
    },
  };
}

function numberIn(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function parallelProblem(value: string): string | undefined {
  if (/^[1-9]\d{0,2}$/.test(value)) return undefined;
  return `--parallel ${value} is no number of students at once: a whole number from 1 to 999`;
}

function isCommand(word: string): word is Command {
  return Object.hasOwn(commands, word);
}

/** What `--help` shows. */
export function usage(): string {
  return [
    "A stack for each student of a class: npm run students -- COMMAND ROSTER [options]",
    "",
    "Commands",
    ...commandList(commands),
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
