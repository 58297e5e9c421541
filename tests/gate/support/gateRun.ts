import { execFile } from "node:child_process";
import path from "node:path";

import type { LocalRun } from "../../support/localRun";

const repository = path.resolve(__dirname, "../../..");

/** How `npm run policy` ended. */
export interface EndedGate {
  readonly status: number | null;
  /** What it wrote to standard output. */
  readonly output: string;
  readonly stderr: string;
}

/** Runs `npm run policy` with the settings and the folders of a run. */
export function runGate(
  { options }: Pick<LocalRun, "options">,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<EndedGate> {
  return new Promise((resolve) => {
    const main = path.join(repository, "gate", "main.ts");
    const child = execFile(
      process.execPath,
      ["--require", "./nodeHooks/register.cjs", main, ...options, ...words],
      { cwd: repository, maxBuffer: 64_000_000, env: { ...process.env, ...env } },
      (_error, output, stderr) => {
        resolve({ status: child.exitCode, output, stderr });
      },
    );
  });
}
