import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { totalmem } from "node:os";
import { createInterface } from "node:readline";

import { codeOf, Failure } from "../../cli/failure";
import { goFailure, installInstead } from "./goFailure";
import { cliModule, neededGo } from "./version";

/** The Go command of this machine, and its folder. */
export interface Go {
  /** Holds its caches. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** As Go prints it, e.g. `go1.26.6`. */
  readonly version: string;
  /** The addresses from which it downloads modules, without credentials. */
  readonly proxy: string;
}

/** Lines of Go's output that are kept to find the reason of a failure. */
const keptLines = 100;

const endingSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs Go in the module's folder. Ctrl-C and the end of this process end it and its compilers.
 * @param onLine gets each line that it prints
 * @throws Failure with the reason when it fails
 */
export async function runGo(go: Go, args: readonly string[], onLine: (line: string) => void): Promise<void> {
  const lines: string[] = [];
  const { exitCode, signal, interrupted } = await spawnGo(go, cliModule, args, (line) => {
    onLine(line);
    if (line.startsWith("go: downloading ")) return;
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
  });
  if (interrupted) {
    throw new Failure(
      "The build of the Pulumi CLI was interrupted.",
      "Run the command again to start it again.",
    );
  }
  if (exitCode === 0) return;
  throw goFailure({ ...go, lines, signal, neededVersion: neededGo(), memoryBytes: totalmem() });
}

/** Runs Go outside of the module, so that it does not first download the version that the module requires. */
export async function readGo(
  go: Pick<Go, "folder" | "environment">,
  args: readonly string[],
): Promise<readonly string[]> {
  const lines: string[] = [];
  const environment = { ...go.environment, GOTOOLCHAIN: "local" };
  const { exitCode } = await spawnGo({ environment }, go.folder, args, (line) => lines.push(line));
  if (exitCode === 0) return lines;
  throw new Failure(
    `\`go ${args.join(" ")}\` failed: ${lines.slice(-3).join("; ")}.`,
    `Fix the Go installation; or ${installInstead}.`,
  );
}

interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly interrupted: boolean;
}

async function spawnGo(
  { environment }: Pick<Go, "environment">,
  folder: string,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<Ended> {
  // Its own process group, so that its compilers end with it.
  const child = spawn("go", args, {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  createInterface({ input: child.stdout }).on("line", onLine);
  createInterface({ input: child.stderr }).on("line", onLine);
  let interrupted = false;
  const end = () => {
    killGroup(child);
  };
  const interrupt = () => {
    interrupted = true;
    end();
  };
  for (const name of endingSignals) process.on(name, interrupt);
  process.on("exit", end);
  try {
    await once(child, "close");
    return { exitCode: child.exitCode, signal: child.signalCode, interrupted };
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    throw noGo(error);
  } finally {
    for (const name of endingSignals) process.off(name, interrupt);
    process.off("exit", end);
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // It has ended.
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

function noGo(cause: unknown): Failure {
  return new Failure(
    "There is no Pulumi CLI, get.pulumi.com cannot be reached, and there is no Go to build it with.",
    `Install Pulumi (https://www.pulumi.com/docs/install/), or Go ${neededGo()} or later (https://go.dev/dl/), then run the command again.`,
    { cause },
  );
}
