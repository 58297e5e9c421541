import { asFailure, becomeCommand, exit, exitStatus, explain } from "./commandProcess";
import { messageOf, Misuse } from "./failure";
import { exitStatusOf, type Interrupt } from "./interrupt";
import { takenByNpm, takenText } from "./npmOptions";
import type { Option } from "./options";
import { screenOn, type Output, type Screen } from "./screen";
import { stepsOn, type Steps } from "./steps";

/** A parsed command line. */
export type Parsed<Invocation> =
  | { readonly kind: "run"; readonly invocation: Invocation }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problems: readonly string[]; readonly json: boolean };

/** The context of a command. */
export interface Tools<Signals extends Interrupt = Interrupt> {
  /** Lines for the user, on standard error. */
  readonly screen: Screen;
  readonly steps: Steps;
  readonly interrupt: Signals;
  /** Adds facts to what `--json` prints, also when the command fails later. */
  readonly learn: (facts: object) => void;
  /** Prints the final text for the user on standard output; nothing with `--json`. */
  readonly conclude: (text: string) => void;
}

/** A command line program, which `npm run SCRIPT` starts. */
export interface Program<Invocation, Signals extends Interrupt> {
  readonly parse: (words: readonly string[]) => Parsed<Invocation>;
  /** What `--help` prints. */
  readonly usage: () => string;
  readonly options: Readonly<Record<string, Option>>;
  /** Words that name a command. */
  readonly commands?: readonly string[];
  /** Does the work. @returns the exit status */
  readonly perform: (invocation: Invocation, tools: Tools<Signals>) => Promise<number>;
  /** Listens for signals; `print` shows the user the effect of a signal. */
  readonly listen: (print: (text: string) => void, invocation: Invocation) => Signals;
  /** The folder that the work writes into, for an error of the machine such as a full disk. */
  readonly folderOf: (invocation: Invocation) => string;
  /** What `--json` prints in every case. */
  readonly facts?: object;
  /** The text for the user after a signal that ended the work. */
  readonly stopped?: (invocation: Invocation) => string;
  /** Whether the error is a mistake in the user's input, which ends with exit status 2 and no trace. */
  readonly isMisuse?: (error: unknown) => boolean;
}

/**
 * Runs a program from its arguments to its exit status: 0; 1 failed; 2 misused; 130 or 143 ended by a signal. Results
 * are on standard output and everything else is on standard error. With `--json` there is one object on standard
 * output, also after an error.
 */
export async function runCommand<Invocation extends { readonly json: boolean }, Signals extends Interrupt>(
  program: Program<Invocation, Signals>,
  words: readonly string[] = process.argv.slice(2),
): Promise<void> {
  becomeCommand();
  exit(await runProgram(program, words, process));
}

/** Where a program writes. */
export interface Outputs {
  /** Results. */
  readonly stdout: Output;
  /** Everything else. */
  readonly stderr: Output;
}

/** Runs a program like {@link runCommand}, but in a process that continues after it. @returns the exit status */
export async function runProgram<Invocation extends { readonly json: boolean }, Signals extends Interrupt>(
  program: Program<Invocation, Signals>,
  words: readonly string[],
  outputs: Outputs,
): Promise<number> {
  const taken = takenByNpm(process.env, words, program.options, program.commands);
  if (taken?.isCertain === true) {
    return refuse(program, [takenText(taken)], outputs, taken.names.includes("json"));
  }
  if (taken !== undefined) outputs.stderr.write(`${takenText(taken)}\n`);
  const parsed = program.parse(words);
  switch (parsed.kind) {
    case "help":
      outputs.stdout.write(`${program.usage()}\n`);
      return exitStatus.ok;
    case "wrong":
      return refuse(program, parsed.problems, outputs, parsed.json, `\n${program.usage()}\n`);
    case "run":
      return run(program, parsed.invocation, outputs);
  }
}

function refuse(
  { facts }: { readonly facts?: object },
  problems: readonly string[],
  { stdout, stderr }: Outputs,
  json: boolean,
  more = "",
): number {
  stderr.write(`${problems.join("\n")}\n${more}`);
  if (json) writeJson(stdout, { ...facts, error: problems.join("; ") });
  return exitStatus.misused;
}

async function run<Invocation extends { readonly json: boolean }, Signals extends Interrupt>(
  program: Program<Invocation, Signals>,
  invocation: Invocation,
  { stdout, stderr }: Outputs,
): Promise<number> {
  const { json } = invocation;
  let facts: object = { ...program.facts };
  const screen = screenOn(stderr);
  const interrupt = program.listen(screen.print, invocation);
  try {
    const status = await program.perform(invocation, {
      screen,
      steps: stepsOn(screen),
      interrupt,
      learn: (more) => {
        facts = { ...facts, ...more };
      },
      conclude: (text) => {
        if (!json) stdout.write(`${text}\n`);
      },
    });
    if (json) writeJson(stdout, facts);
    return status;
  } catch (cause) {
    const error = asFailure(cause, program.folderOf(invocation));
    const signal = interrupt.received();
    const { text, reason, status } =
      signal === undefined ? failed(program, error) : stopped(signal, program.stopped?.(invocation));
    screen.print(text);
    if (json) writeJson(stdout, { ...facts, error: reason });
    return status;
  } finally {
    interrupt.stopListening();
  }
}

/** The end of a program that did not do its work. */
interface Ending {
  /** For the user. */
  readonly text: string;
  /** For `--json`. */
  readonly reason: string;
  readonly status: number;
}

function failed({ isMisuse }: Pick<Program<never, never>, "isMisuse">, error: unknown): Ending {
  const reason = messageOf(error);
  return error instanceof Misuse || isMisuse?.(error) === true
    ? { text: reason, reason, status: exitStatus.misused }
    : { text: explain(error), reason, status: exitStatus.failed };
}

function stopped(signal: NodeJS.Signals, text = "Stopped."): Ending {
  return { text, reason: "stopped by the user", status: exitStatusOf[signal] ?? exitStatus.failed };
}

function writeJson(stdout: Output, value: object): void {
  stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
