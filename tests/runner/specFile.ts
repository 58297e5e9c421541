import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";

import { repository } from "../support/repositoryFiles";
import { endLeftovers } from "./leftovers";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** How a spec file ended. */
export interface Ended {
  readonly counts: Counts;
  /** What mocha printed. */
  readonly output: string;
  readonly milliseconds: number;
  /** The command lines of processes that the file left, and that were ended. */
  readonly leftovers: readonly string[];
}

const mocha = require.resolve("mocha/bin/mocha.js");

/** Every process that a spec file starts inherits this variable. */
const mark = "WORDPRESS_ON_AWS_SPEC_FILE";

/**
 * Runs a spec file in a process of its own, so that neither a crash nor what it leaves in memory reaches another file.
 *
 * @param limitMilliseconds after this time the process is killed, and the file has failed. Default: 20 minutes
 */
export async function runSpecFile(file: string, limitMilliseconds = 1_200_000): Promise<Ended> {
  const started = performance.now();
  const id = randomUUID();
  // Handles that are still open when the tests have ended would keep the process.
  const child = spawn(process.execPath, [mocha, "--no-parallel", "--exit", file], {
    cwd: repository,
    env: { ...process.env, [mark]: id },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const limit = setTimeout(() => child.kill("SIGKILL"), limitMilliseconds);
  await once(child, "exit");
  clearTimeout(limit);
  // A process that is left holds the other ends of the pipes.
  const leftovers = await endLeftovers(mark, id);
  if (!child.stdout.readableEnded || !child.stderr.readableEnded) await once(child, "close");
  const how =
    child.signalCode === null
      ? ""
      : `\n  The process of this file was ended by ${child.signalCode}, after ${Math.round((performance.now() - started) / 1000)} s.\n`;
  return {
    counts: countsOf(output, child.exitCode),
    output: output + how,
    milliseconds: performance.now() - started,
    leftovers,
  };
}

/** What mocha's summary says; a file that ends without a summary has failed. */
export function countsOf(output: string, status: number | null): Counts {
  const number = (word: string): number =>
    Number(new RegExp(`^  (\\d+) ${word}`, "m").exec(output)?.[1] ?? 0);
  const failed = number("failing");
  return { passed: number("passing"), failed: status !== 0 && failed === 0 ? 1 : failed };
}
