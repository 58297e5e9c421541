import { spawn } from "node:child_process";
import { once } from "node:events";

import { seconds } from "../../cli/steps";
import { repository } from "../support/repositoryFiles";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Specs wait most of the time: for health checks, metrics and boots. More at once would only slow each other down. */
const mostAtOnce = 5;

const mocha = require.resolve("mocha/bin/mocha.js");

/**
 * Runs each spec file in a process of its own, in this order, and prints its output when it has ended. Several live regions
 * share the cores, so a server may miss a health check that it passes alone: a file that fails runs once more, alone. What
 * is wrong with the program fails twice.
 */
export async function runSideBySide(files: readonly string[]): Promise<Counts & { readonly again: number }> {
  const waiting = [...files];
  const results = new Map<string, Counts>();
  const run = async (file: string, how: string): Promise<void> => {
    const started = performance.now();
    const { counts, output } = await runSpec(file);
    console.log(`\n${file}${how} (${seconds(performance.now() - started)})${output.trimEnd()}`);
    results.set(file, counts);
  };
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await run(file, "");
  };
  await Promise.all(Array.from({ length: mostAtOnce }, work));
  const failed = [...results].flatMap(([file, counts]) => (counts.failed > 0 ? [file] : []));
  for (const file of failed) await run(file, ", again, alone");
  const counts = [...results.values()];
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, each) => sum + each.failed, 0),
    again: failed.length,
  };
}

async function runSpec(file: string): Promise<{ readonly counts: Counts; readonly output: string }> {
  const child = spawn(process.execPath, [mocha, "--no-parallel", file], {
    cwd: repository,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  await once(child, "close");
  return { counts: countsOf(output, child.exitCode), output };
}

/** What mocha's summary says; a file that ends without a summary has failed. */
export function countsOf(output: string, status: number | null): Counts {
  const number = (word: string): number =>
    Number(new RegExp(`^  (\\d+) ${word}`, "m").exec(output)?.[1] ?? 0);
  const failed = number("failing");
  return { passed: number("passing"), failed: status !== 0 && failed === 0 ? 1 : failed };
}
