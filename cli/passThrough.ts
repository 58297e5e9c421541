import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";

/** Another program, with its arguments, folder and environment. */
export interface OtherProgram {
  readonly command: string;
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Default: this process's. */
  readonly folder?: string;
}

/**
 * Runs another program with this process's input and outputs until it ends. It receives this process's signals, and
 * decides how to end.
 *
 * @returns its exit status; 128 plus the signal's number when a signal ended it, as in a shell
 */
export async function passThrough({ command, words, environment, folder }: OtherProgram): Promise<number> {
  const child = spawn(command, words, { cwd: folder, env: environment, stdio: "inherit" });
  const forward = (name: NodeJS.Signals) => {
    // Ctrl-C reaches every process of the terminal's group: a second SIGINT would end the program at once.
    if (name === "SIGTERM" || !process.stdin.isTTY) child.kill(name);
  };
  process.on("SIGINT", forward).on("SIGTERM", forward);
  try {
    await once(child, "close");
  } finally {
    process.off("SIGINT", forward).off("SIGTERM", forward);
  }
  const { exitCode, signalCode } = child;
  return exitCode ?? 128 + (signalCode === null ? 0 : constants.signals[signalCode]);
}
