import { commandList, commonOptions, type Option, readOptions, unknownWord } from "../cli/options";
import type { Parsed } from "../cli/runCommand";
import type { Subject } from "../policies/report/results";
import { languageHelp, languageOption } from "./language/language";
import { parseListenAddress, type ListenAddress } from "./listenAddress";
import { parseShard, type Shard } from "./roster/shard";

/** The commands of `npm run students`, with the text of `--help`. */
export const commands = {
  plan: "show what up would change and what it would cost; changes nothing",
  up: "create or update each student's stack to its settings; resumes an interrupted run",
  status: "show which stacks are up, paused or failed, and their cost",
  watch: "show the class while it works, on a page or with --text; until Ctrl-C",
  pause: "remove the servers and stop the database until resume",
  guard: "compare what each account has cost with its budget and its end; with --pause, pause at 100 %",
  resume: "start the paused stacks again",
  policy: "judge each student's stack by the packs, in one table; changes nothing",
  grade: "check what each student's account does, with points, evidence and the next step",
  sheets: "write a sheet for each student: account, key, address and commands, to print",
  serve: "let the class reach the emulator, each student with a key; with --local, until Ctrl-C",
  adopt:
    "find the class's stacks by their tags and write their lost state again; or move it to PULUMI_BACKEND_URL",
  unlock: "free students whose lock in a shared state a killed run has left",
  down: "destroy each student's stack, and list what remains",
} as const;

export type Command = keyof typeof commands;

/** A checked command line. */
export interface Invocation {
  readonly command: Command;
  readonly roster: string;
  /** The requested students; undefined: all. */
  readonly only: readonly string[] | undefined;
  /** The part of the roster for this job; undefined: all students. */
  readonly shard: Shard | undefined;
  /** How many students at once; undefined: as many as this machine has cores. */
  readonly parallel: number | undefined;
  /** Use the emulator on this machine. */
  readonly local: boolean;
  /** TCP port of the emulator; undefined: the default, or the port of the running one. */
  readonly port: number | undefined;
  /** One JSON object on standard output. */
  readonly json: boolean;
  /** What `policy` judges: a preview, the states of the last run, or what the accounts have now. */
  readonly subject: Subject;
  /** Whether `grade` also checks what needs a change for a while, e.g. load. */
  readonly act: boolean;
  /** Whether `grade` shows the last grades of all jobs, and asks no account. */
  readonly join?: boolean;
  /** The file of `grade` for a gradebook. */
  readonly csv: string | undefined;
  /** With `guard`: pause accounts that are over a limit. */
  readonly pause?: boolean;
  /** With `down`: remove everything that was made by hand, without a question for each. */
  readonly all?: boolean;
  /** `en` or `ko`; undefined: the environment's language. */
  readonly lang: string | undefined;
  /** With `serve` and `sheets`: where the class reaches the emulator; undefined: only from this machine. */
  readonly address?: ListenAddress | undefined;
  /** Whether the class reaches the emulator by HTTPS, with a certificate of its own. */
  readonly https?: boolean;
  /** Whether `status` reads only the files of the last runs. */
  readonly offline?: boolean;
  /** Whether `watch` prints lines instead of serving a page. */
  readonly text?: boolean;
  /** The port of `watch` on 127.0.0.1; undefined: 4570 or the next free one; 0: any free one. */
  readonly pagePort?: number | undefined;
  /** Destroy, or change systems for a check, without a question. */
  readonly yes: boolean;
  /** The folder of all files that runs create; undefined: `.local` in the working copy. */
  readonly folder: string | undefined;
}

export const options = {
  ...commonOptions,
  only: { type: "string", multiple: true },
  shard: { type: "string", problemOf: shardProblem },
  parallel: { type: "string", problemOf: parallelProblem },
  local: { type: "boolean" },
  state: { type: "boolean" },
  live: { type: "boolean" },
  act: { type: "boolean" },
  join: { type: "boolean" },
  csv: { type: "string" },
  pause: { type: "boolean" },
  all: { type: "boolean" },
  lang: languageOption,
  address: { type: "string", problemOf: addressProblem },
  https: { type: "boolean" },
  offline: { type: "boolean" },
  text: { type: "boolean" },
  "page-port": { type: "string", problemOf: commonOptions.port.problemOf },
} as const satisfies Readonly<Record<string, Option>>;

/** Reads the words after `npm run students --`. Lists all problems at once. */
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
  if (has("state") && has("live")) problems.push("--state and --live: use one of them");
  if (has("join") && has("act")) problems.push("--join and --act: use one of them");
  problems.push(...ownerProblems(command, has));
  if (command === "serve" && !has("local")) problems.push("serve is for the emulator: add --local");
  if (problems.length > 0 || command === undefined || !isCommand(command) || roster === undefined) {
    return { kind: "wrong", problems, json: has("json") };
  }
  const only = valuesOf("only").flatMap((ids) => ids.split(","));
  const shard = valueOf("shard");
  const address = valueOf("address");
  return {
    kind: "run",
    invocation: {
      command,
      roster,
      only: only.length === 0 ? undefined : only,
      shard: shard === undefined ? undefined : parseShard(shard),
      parallel: numberIn(valueOf("parallel")),
      local: has("local"),
      port: numberIn(valueOf("port")),
      json: has("json"),
      subject: has("live") ? "account" : has("state") ? "state" : "preview",
      act: has("act"),
      csv: valueOf("csv"),
      ...(has("pause") ? { pause: true } : {}),
      ...(has("all") ? { all: true } : {}),
      ...(has("join") ? { join: true } : {}),
      ...(has("https") ? { https: true } : {}),
      lang: valueOf("lang"),
      address: address === undefined ? undefined : parseListenAddress(address),
      offline: has("offline"),
      text: has("text"),
      pagePort: numberIn(valueOf("page-port")),
      yes: has("yes"),
      folder: valueOf("folder"),
    },
  };
}

/** The commands of the options that not all of them have. */
const owners = {
  state: ["policy"],
  live: ["policy"],
  act: ["grade"],
  join: ["grade"],
  csv: ["grade"],
  pause: ["guard"],
  all: ["down"],
  address: ["serve", "sheets"],
  https: ["serve", "sheets"],
  offline: ["status"],
  text: ["watch"],
  "page-port": ["watch"],
} as const satisfies Partial<Record<keyof typeof options, readonly Command[]>>;

function isOwned(option: string): option is keyof typeof owners {
  return Object.hasOwn(owners, option);
}

function ownerProblems(
  command: string | undefined,
  has: (option: keyof typeof owners) => boolean,
): readonly string[] {
  if (command === undefined || !isCommand(command)) return [];
  const given = Object.keys(owners).filter(isOwned);
  return given.flatMap((option) => {
    const whose: readonly Command[] = owners[option];
    if (!has(option) || whose.includes(command)) return [];
    return [`--${option} belongs to the command${whose.length === 1 ? "" : "s"} ${whose.join(" and ")}`];
  });
}

function addressProblem(value: string): string | undefined {
  if (parseListenAddress(value) !== undefined) return undefined;
  return `--address ${value} is no IP address of this machine: 192.168.0.10, 192.168.0.10:4580, or 0.0.0.0 for all; ports from 1024`;
}

function numberIn(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function parallelProblem(value: string): string | undefined {
  if (/^[1-9]\d{0,2}$/.test(value)) return undefined;
  return `--parallel ${value} is not a number of students: a whole number from 1 to 999`;
}

function shardProblem(value: string): string | undefined {
  if (parseShard(value) !== undefined) return undefined;
  return `--shard ${value} is not a part of a roster: 2/5 is the second of five parts, at most 99 parts`;
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
    "  --only ID,ID    only these students",
    "  --shard 2/5     the second of five parts of the roster, for one of five jobs",
    "  --parallel N    how many students at once; default: the number of this machine's cores",
    "  --state         with policy: judge the states that the last runs left; needs no credentials",
    "  --live          with policy: judge what the accounts have now, with drift marked",
    "  --act           with grade: also check what needs load, a terminated server or a restart; asks first",
    "  --pause         with guard: pause accounts that have used their budget, or whose end has passed",
    "  --all           with down: also remove everything that was made by hand, without a question for each",
    "  --join          with grade: show the last grades of the class, also those of other jobs; asks no account",
    "  --csv FILE      with grade: write the points for a gradebook",
    languageHelp,
    "  --address IP    with serve and sheets: where the class reaches the emulator, e.g. 192.168.0.10:4580;",
    "                  default: only this machine does",
    "  --https         with serve and sheets: HTTPS, with a certificate whose fingerprint is on the sheets",
    "  --offline       with status: read only the files of the last runs; needs no credentials",
    "  --text          with watch: lines in this terminal instead of a page",
    "  --page-port N   with watch: the page's port on 127.0.0.1; 0 for any free one",
    "  --local         use the emulator on this machine, one account per student; no AWS account",
    "  --port N        where the emulator listens on 127.0.0.1; 0 for any free port",
    "  --json          one JSON object on standard output, everything else on standard error",
    "  --yes           destroy, or act, without a question",
    "  --folder DIR    the folder of all files that runs create; default: .local",
    "  --help          this text",
  ].join("\n");
}
