import { Console } from "node:console";
import { createInterface } from "node:readline/promises";

import { watchChildren } from "./children";
import { Failure } from "./failure";
import { machineFailure } from "./machineFailure";
import { watchOutputs } from "./outputs";

/** Exit statuses of a command. */
export const exitStatus = { ok: 0, failed: 1, misused: 2 } as const;

/** Prepares this process to run a command: libraries print on standard error. */
export function becomeCommand(): void {
  watchOutputs();
  watchChildren();
  // Standard output contains only results.
  globalThis.console = new Console(process.stderr, process.stderr);
}

/** Ends the process: Pulumi's connections to an ended engine would keep it alive. */
export function exit(status: number): void {
  process.stdout.write("", () => process.exit(status));
}

/**
 * The Failure for an error that the user can fix; otherwise the error itself. @param folder where the command writes
 */
export function asFailure(error: unknown, folder: string): unknown {
  return error instanceof Failure ? error : (machineFailure(error, folder) ?? error);
}

/** The text of a Failure. Any other error is a defect of this program: its trace helps to fix it. */
export function explain(error: unknown): string {
  if (error instanceof Failure) return `${error.problem}\n${error.remedy}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Whether a user can answer a question. */
export function isAtTerminal(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks the user at the terminal; every answer except yes means no. */
export async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
