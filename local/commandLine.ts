import {
  commandList,
  commonOptions,
  type Option,
  readOptions,
  splitAt,
  unknownWord,
  stackProblem,
} from "../cli/options";
import type { Parsed } from "../cli/runCommand";

/** The commands of `npm run local`, with their text in `--help`. */
export const commands = {
  up: "create the stack, or update it to its settings (the default)",
  preview: "show what up would change, and change nothing",
  refresh: "find changes made outside Pulumi; the next up reverts them",
  status: "show the emulator, the stacks, their outputs and fleets",
  down: "destroy the stack's resources, and check that none remains",
  stop: "stop the emulator; every stack in it ends",
  open: "open the site in a browser, and print its address",
  watch: "show servers, load, scaling and mail while they change",
  shell: "open a shell on a server: shell [SERVER]",
  load: "use a server's CPU until load --stop: load [SERVER]",
  kill: "cut a server's power: kill SERVER",
  logs: "show a server's console and journal: logs [SERVER]",
  mail: "show the mail that the stack's account sent",
  aws: "run the AWS CLI on the stack's account: aws ec2 describe-instances",
  pulumi: "run the Pulumi CLI on the stack: pulumi stack output",
} as const;

/** Commands of a live region that take a server: an instance id, its last characters, or its number in `status`. */
const serverCommands: Partial<Record<Command, "optional" | "required">> = {
  shell: "optional",
  load: "optional",
  kill: "required",
  logs: "optional",
};

/** Options with an effect on some commands only. */
const onlyWith: Readonly<Record<"live" | "recorded" | "stop" | "text", readonly Command[]>> = {
  live: ["up"],
  recorded: ["up"],
  stop: ["load"],
  text: ["watch"],
};

/** Commands that run another program: all words after them belong to it. */
const through = ["aws", "pulumi"] as const;

export type Command = keyof typeof commands;

/** The user's command and options. */
export interface Invocation {
  readonly command: Command;
  /** Other programs' words: those after `aws` or `pulumi`. */
  readonly words: readonly string[];
  /** The server that the command is about; undefined: the first one of the fleet. */
  readonly server: string | undefined;
  /** `live` boots servers, `recorded` boots none; undefined: live where this machine is ready for it. */
  readonly mode: "live" | "recorded" | undefined;
  /** End the load of `load`. */
  readonly stopLoad: boolean;
  /** Lines instead of a page. */
  readonly text: boolean;
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
  live: { type: "boolean" },
  recorded: { type: "boolean" },
  stop: { type: "boolean" },
  text: { type: "boolean" },
} as const satisfies Readonly<Record<string, Option>>;

/** Reads the words after `npm run local --`. Reports all their problems at once. */
export function parseCommandLine(given: readonly string[]): Parsed<Invocation> {
  const { own, name, rest: words } = splitAt(given, options, through);
  const { positionals, has, valueOf, ...read } = readOptions(own, options);
  if (has("help")) return { kind: "help" };

  const problems = [...read.problems];
  const [word = name ?? "up", ...others] = positionals;
  if (!isCommand(word)) problems.push(unknownWord("command", word, Object.keys(commands)));
  const takesServer = isCommand(word) ? serverCommands[word] : undefined;
  const [server, ...more] = takesServer === undefined ? [undefined, ...others] : others;
  if (takesServer === "required" && server === undefined) {
    problems.push(`${word} needs a server: an instance id, or its number in status`);
  }
  if (more.length > 0) problems.push(`one command at a time; unexpected: ${more.join(" ")}`);
  problems.push(...misplaced(word, has));
  if (has("live") && has("recorded")) problems.push("--live and --recorded exclude each other");
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
      server,
      mode: has("live") ? "live" : has("recorded") ? "recorded" : undefined,
      stopLoad: has("stop"),
      text: has("text"),
      stack: valueOf("stack") ?? "local",
      json: has("json"),
      port: port === undefined ? undefined : Number(port),
      yes: has("yes"),
      folder: valueOf("folder"),
      settings: valueOf("settings"),
    },
  };
}

function misplaced(word: string, has: (name: keyof typeof onlyWith) => boolean): readonly string[] {
  const names = ["live", "recorded", "stop", "text"] as const;
  return names
    .filter((name) => has(name) && isCommand(word) && !onlyWith[name].includes(word))
    .map((name) => `--${name} does not apply to ${word}, only to ${onlyWith[name].join(" and ")}`);
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
    "  --live          servers boot and pages are served; prepares this machine for it when needed (with up)",
    "  --recorded      the emulator records only: no server boots (with up)",
    "  --stop          end the load (with load)",
    "  --text          lines instead of a page (with watch)",
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
