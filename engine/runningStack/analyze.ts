import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../../cli/failure";
import { parseJson, z } from "../../cli/json";
import type { Deployment } from "./deployment";
import type { NamedFile } from "./judged";

/** Room for the events of a stack with thousands of findings. */
const mostOutputBytes = 256 * 1024 * 1024;

/** The parts that a run of the rules on a state needs. */
export interface AnalyzeOptions {
  /** The Pulumi CLI. */
  readonly command: string;
  /** Values of `--policy-pack`. */
  readonly policyPacks: readonly string[];
  /** A folder for the file that the command reads. */
  readonly folder: string;
  /** Pulumi's home: the command writes its log there. */
  readonly pulumiHome: string;
  readonly signal: AbortSignal;
  /** Receives the engine's events. */
  readonly onEvent: (event: unknown) => void;
}

/**
 * Runs rules on a state with the engine's own command, which needs neither program nor provider nor backend:
 * https://www.pulumi.com/docs/iac/cli/commands/pulumi_policy_analyze/
 *
 * @throws Failure when the command did not judge the whole state
 */
export async function analyzeState(state: Deployment, options: AnalyzeOptions): Promise<void> {
  const { policyPacks, folder, onEvent } = options;
  const file = path.join(folder, "state.json");
  await mkdir(folder, { recursive: true });
  // Without a project of its own, the command would load the plugins of a project in a folder above.
  await writeFile(path.join(folder, "Pulumi.yaml"), "{ name: policies, runtime: nodejs }\n");
  // A state describes the account: for its owner only.
  await writeFile(file, JSON.stringify(state), { mode: 0o600 });
  try {
    const packs = policyPacks.map((pack) => `--policy-pack=${pack}`);
    const { output, errors } = await run(options, [`--file=${file}`, ...packs]);
    for (const line of output.split("\n")) {
      const event = parseJson(z.unknown(), line);
      if (event !== undefined) onEvent(event);
    }
    const problems = problemsIn(errors);
    if (problems !== "") {
      throw new Failure(
        `The rules did not judge the state: ${problems}`,
        "Fix the error above, then run the command again.",
      );
    }
  } finally {
    await rm(file, { force: true });
  }
}

/** The command's errors, without those that every violation adds and the warning about encrypted secrets. */
function problemsIn(errors: string): string {
  return errors
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("warning: "))
    .filter(
      (line) => !/mandatory policy violations were found$|has no resources; nothing to analyze/.test(line),
    )
    .join("\n")
    .replace(/^error: /, "");
}

/** A violation of a mandatory rule makes the command fail too, so its exit status says nothing. */
function run(
  { command, folder, pulumiHome, signal }: AnalyzeOptions,
  words: readonly string[],
): Promise<{ readonly output: string; readonly errors: string }> {
  const env = { ...process.env, PULUMI_HOME: pulumiHome, PULUMI_SKIP_UPDATE_CHECK: "true" };
  return new Promise((resolve, reject) => {
    const child = execFile(
      command,
      ["policy", "analyze", "--non-interactive", "--color=never", "--json", ...words],
      { cwd: folder, env, signal, maxBuffer: mostOutputBytes },
      (error, output, errors) => {
        // Without an exit status, the command did not start or was ended.
        if (error !== null && child.exitCode === null) reject(new Error(error.message, { cause: error }));
        else resolve({ output, errors });
      },
    );
  });
}

/** Whether a file still has the content that was deployed. */
export function isUnchanged({ path: file, hash }: NamedFile): boolean {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex") === hash;
  } catch (error) {
    if (["ENOENT", "EACCES", "EISDIR"].includes(codeOf(error) ?? "")) return false;
    throw error;
  }
}
