import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

interface Options {
  /** Standard input; default: empty. */
  readonly input?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** A file that gets all output, also while the command still runs. */
  readonly logFile?: string;
  /** Continues the command when something stops it. */
  readonly continued?: true;
}

/** How often a command is continued, in milliseconds. The signal changes nothing for a command that runs. */
const continueEveryMs = 500;

/** The result of a command. */
export interface Outcome {
  readonly exitCode: number;
  /** Standard output, then standard error. */
  readonly output: string;
}

/** Runs a command, whether it succeeds or fails. */
export async function attempt(command: readonly string[], options: Options = {}): Promise<Outcome> {
  const [program = "", ...args] = command;
  const log = options.logFile === undefined ? undefined : openSync(options.logFile, "a");
  const child = spawn(program, args, {
    env: options.environment ?? process.env,
    stdio: ["pipe", log ?? "pipe", log ?? "pipe"],
  });
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
  // A command that reads nothing may end before its input is written; its exit code counts.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(options.input ?? "");
  const continuing =
    options.continued === true ? setInterval(() => child.kill("SIGCONT"), continueEveryMs) : undefined;
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        resolve(code ?? (signal === null ? 1 : 128));
      });
    });
    return { exitCode, output: Buffer.concat(chunks).toString() };
  } finally {
    clearInterval(continuing);
    if (log !== undefined) closeSync(log);
  }
}

/** Runs a command that must succeed. @returns its output without the last line's end */
export async function run(command: readonly string[], options: Options = {}): Promise<string> {
  const { exitCode, output } = await attempt(command, options);
  if (exitCode === 0) return output.trimEnd();
  const lastLines = output.trim().split("\n").slice(-15).join("\n");
  const where = options.logFile === undefined ? "" : ` (see ${options.logFile})`;
  throw new Error(`${command.join(" ")} ended with ${exitCode}${where}\n${lastLines}`);
}

/** Starts a command in the background, with its output in the log file. */
export function start(command: readonly string[], logFile: string, environment = process.env): ChildProcess {
  const [program = "", ...args] = command;
  const log = openSync(logFile, "a");
  const child = spawn(program, args, { env: environment, stdio: ["ignore", log, log] });
  closeSync(log);
  return child;
}

/** Waits until the process has ended. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) =>
    child.once("exit", () => {
      resolve();
    }),
  );
}

/**
 * Polls until the result is a value.
 * @throws with `what` and the last error after so many seconds
 */
export async function waitFor<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = Date.now() + seconds * 1_000;
  let last = "";
  while (Date.now() < deadline) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    await sleep(50);
  }
  throw new Error(`${what}: not within ${seconds} s${last}`);
}
