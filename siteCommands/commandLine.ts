import {
  commandList,
  commonOptions,
  type Option,
  readOptions,
  unknownWord,
  stackProblem,
} from "../cli/options";
import type { Parsed } from "../cli/runCommand";

/** The commands of `npm run site`, with their text in `--help`. */
export const commands = {
  backup: "back up the database and the shared uploads",
  list: "list the backups: age, size, price, and whether they can be restored",
  delete: "delete a backup: delete BACKUP",
  restore: "replace the site's content by a backup's: restore [BACKUP], default: the newest complete one",
  password: "print the administrator's name and password",
  shell: "open a shell on a server: shell [SERVER], a number or the end of an id, default: the oldest one",
  "test-alarm": "send the mail of an alarm: test-alarm [ALARM], default: the first one",
} as const;

export type Command = keyof typeof commands;

/** The user's command and options. */
export interface Invocation {
  readonly command: Command;
  /** The id of a backup, the name of a server or of an alarm: what the command works on. */
  readonly subject: string | undefined;
  readonly stack: string;
  /** The stack on this machine (`npm run local`), not in an AWS account. */
  readonly local: boolean;
  /** The folder of everything that `npm run local` creates. */
  readonly folder: string | undefined;
  /** The folder of Pulumi.yaml and the stacks' settings; undefined: the working copy. */
  readonly settings: string | undefined;
  /** After the backup, delete all complete backups but this number of the newest ones. */
  readonly keep: number | undefined;
  /** The ARN of the role for AWS Backup. */
  readonly role: string | undefined;
  /** Before a restore, back up what it replaces. */
  readonly backupFirst: boolean;
  /** The file of the private key for a shell. */
  readonly key: string | undefined;
  /** Print the password alone, also without a terminal. */
  readonly plain: boolean;
  /** Do not ask. */
  readonly yes: boolean;
  readonly json: boolean;
}

export const options = {
  ...commonOptions,
  stack: { type: "string", short: "s", problemOf: stackProblem },
  settings: { type: "string" },
  local: { type: "boolean" },
  keep: { type: "string", problemOf: keepProblem },
  role: { type: "string", problemOf: roleProblem },
  "no-backup": { type: "boolean" },
  key: { type: "string" },
  plain: { type: "boolean" },
} as const satisfies Readonly<Record<string, Option>>;

/** Options with an effect on some commands only. */
const onlyWith = {
  keep: ["backup"],
  role: ["backup", "restore"],
  "no-backup": ["restore"],
  yes: ["delete", "restore"],
  key: ["shell"],
  plain: ["password"],
} as const satisfies Readonly<Record<string, readonly Command[]>>;

/** Commands with a word after them. */
const takesSubject: readonly string[] = ["delete", "restore", "shell", "test-alarm"] satisfies Command[];

/** Commands that print no object. */
const noJson: Readonly<Record<string, string>> = {
  restore: "which prints the output of the update",
  password: "which prints the password alone with --plain",
};

/** Reads the words after `npm run site --`. Reports all their problems at once. */
export function parseCommandLine(given: readonly string[]): Parsed<Invocation> {
  const { positionals, has, valueOf, ...read } = readOptions(given, options);
  if (has("help")) return { kind: "help" };
  const problems = [...read.problems];
  const [word, subject, ...more] = positionals;
  if (word === undefined) problems.push(`which command? One of ${Object.keys(commands).join(", ")}`);
  else if (!isCommand(word)) problems.push(unknownWord("command", word, Object.keys(commands)));
  if (subject !== undefined && !takesSubject.includes(word ?? "")) problems.push(`unexpected: ${subject}`);
  if (more.length > 0) problems.push(`unexpected: ${more.join(" ")}`);
  if (word === "delete" && subject === undefined)
    problems.push("delete needs a backup: npm run site -- list shows them");
  const stack = valueOf("stack");
  if (stack === undefined && !has("stack"))
    problems.push("which stack? For example: npm run site -- list --stack prod");
  if (has("folder") && !has("local")) problems.push("--folder needs --local");
  for (const name of ["keep", "role", "no-backup", "yes", "key", "plain"] as const) {
    const allowed: readonly string[] = onlyWith[name];
    if (has(name) && word !== undefined && !allowed.includes(word))
      problems.push(`--${name} does not apply to ${word}, only to ${allowed.join(" and ")}`);
  }
  const reason = noJson[word ?? ""];
  if (has("json") && word !== undefined && reason !== undefined)
    problems.push(`--json does not apply to ${word}, ${reason}`);
  if (has("port")) problems.push("--port does not apply: --local uses the running emulator");
  if (problems.length > 0 || word === undefined || stack === undefined || !isCommand(word))
    return { kind: "wrong", problems, json: has("json") };
  const keep = valueOf("keep");
  return {
    kind: "run",
    invocation: {
      command: word,
      subject,
      stack,
      local: has("local"),
      folder: valueOf("folder"),
      settings: valueOf("settings"),
      keep: keep === undefined ? undefined : Number(keep),
      role: valueOf("role"),
      backupFirst: !has("no-backup"),
      key: valueOf("key"),
      plain: has("plain"),
      yes: has("yes"),
      json: has("json"),
    },
  };
}

function isCommand(word: string): word is Command {
  return Object.hasOwn(commands, word);
}

function keepProblem(value: string): string | undefined {
  return /^[1-9]\d{0,3}$/.test(value)
    ? undefined
    : `--keep ${value} is not a number of backups: a whole number from 1 to 9999`;
}

function roleProblem(value: string): string | undefined {
  return /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/.test(value)
    ? undefined
    : `--role ${value} is not the ARN of a role, e.g. arn:aws:iam::123456789012:role/LabRole`;
}

/** The text of `--help`. */
export function usage(): string {
  return [
    "The operation of a site: npm run site -- COMMAND --stack NAME [options]",
    "",
    "Commands",
    ...commandList(commands),
    "",
    "Options",
    "  --stack NAME     the stack, with the settings in Pulumi.NAME.yaml",
    "  --local          the stack on this machine (npm run local)",
    "  --folder FOLDER  with --local: the folder of npm run local --folder",
    "  --settings FOLDER  the folder of Pulumi.yaml and the stacks' settings; default: the working copy",
    "  --keep N         after the backup, delete all complete backups but the newest N",
    "  --role ARN       the role of AWS Backup, where IAM allows no new one; default: wordpress-site-backups",
    "  --no-backup      restore without a backup of what it replaces",
    "  --key FILE       the private key for the shell; default: the key in ~/.ssh that fits the servers' key pair",
    "  --plain          print the password alone, also where standard output is no terminal",
    "  --yes            do not ask",
    "  --json           one JSON object on standard output (not with restore and password)",
    "  --help           this text",
    "",
    "It finds AWS as the AWS SDK does: AWS_PROFILE, AWS_ACCESS_KEY_ID, ~/.aws. The region is aws:region of the stack.",
    "Exit status: 0; 1 failed; 2 misused.",
  ].join("\n");
}
