import { spawn } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";

/** A command to measure. */
export interface Case {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly workingDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Exit statuses of success; default: only 0 (cdk-nag ends with 1 on findings). */
  readonly goodExitStatuses?: readonly number[];
}

/** One case's runs. */
export interface Measurement {
  readonly name: string;
  /** Wall time of each counted run, in seconds, in their order. */
  readonly seconds: readonly number[];
}

/**
 * Runs all cases in turn, `rounds` times, after a warm-up round. Other load on the machine then affects all cases
 * equally, so the ratios stay valid.
 * @throws Error with a command's output when it fails.
 */
export async function measureInTurn(
  cases: readonly Case[],
  rounds: number,
  report: (line: string) => void,
): Promise<readonly Measurement[]> {
  const seconds = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    report(round === 0 ? "a first round that does not count" : `round ${String(round)} of ${String(rounds)}`);
    for (const each of cases) {
      const took = await timed(each);
      if (round > 0) seconds.get(each.name)?.push(took);
    }
  }
  return cases.map(({ name }) => ({ name, seconds: seconds.get(name) ?? [] }));
}

/** One counted run of one command. */
export async function runOnce(each: Case): Promise<Measurement> {
  return { name: each.name, seconds: [await timed(each)] };
}

async function timed({ name, goodExitStatuses = [0], ...run }: Case): Promise<number> {
  const start = performance.now();
  const child = spawn(run.command, run.arguments, {
    cwd: run.workingDirectory,
    env: run.environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  await once(child, "close");
  const took = (performance.now() - start) / 1000;
  if (child.exitCode === null || !goodExitStatuses.includes(child.exitCode)) {
    throw new Error(`${name} ended with ${String(child.exitCode)}:\n${output.join("").slice(-4_000)}`);
  }
  return took;
}
