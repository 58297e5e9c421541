import { Failure } from "../../cli/failure";
import { checkpointInExport, type Checkpoint } from "../../engine/checkpoint";
import { readExport, type Deployment } from "../../engine/runningStack/deployment";
import type { StateBackend } from "../../engine/stateBackend";
import { shownUrl } from "./backendUrl";
import { isMissing } from "./documents";
import { refusal, type StateCli } from "./pulumiCli";

/**
 * A shared backend for the engine. Its stacks are locked before they are opened, so a lock of an engine that remains
 * there belongs to a killed one.
 *
 * @param environment what the engine needs to reach it
 */
export function sharedBackend(
  cli: StateCli,
  environment: Readonly<Record<string, string>> = { PULUMI_BACKEND_URL: cli.url },
): StateBackend {
  return {
    isFolder: false,
    environment,
    read: (stackName) => exportedState(cli, stackName),
    deployment: (stackName) => deploymentIn(cli, stackName),
    has: async (stackName) => (await exportStack(cli, stackName)) !== undefined,
    recover: () => Promise.resolve(),
  };
}

/** The stack's state; undefined when the stack does not exist. */
export async function exportedState(cli: StateCli, stackName: string): Promise<Checkpoint | undefined> {
  const text = await exportStack(cli, stackName);
  return text === undefined ? undefined : checkpointInExport(text);
}

/**
 * The whole state of a stack.
 * @throws Failure when the stack does not exist
 */
export async function deploymentIn(cli: StateCli, stackName: string): Promise<Deployment> {
  const text = await exportStack(cli, stackName);
  const found = text === undefined ? undefined : readExport(text);
  if (found !== undefined) return found;
  throw new Failure(
    `${shownUrl(cli.url)} has no state of the stack ${stackName} that can be read.`,
    "Run up for the student again.",
  );
}

/** Removes the locks that a killed engine left on the stack. */
export async function freeStack(cli: StateCli, stackName: string): Promise<void> {
  const words = ["cancel", "--stack", stackName, "--yes"];
  const answer = await cli.run(words);
  if (answer.status !== 0 && !isMissing(answer)) throw refusal(cli, words, answer);
}

/** Replaces the state of an existing stack. */
export async function importStack(cli: StateCli, stackName: string, exported: string): Promise<void> {
  const words = ["stack", "import", "--stack", stackName];
  const answer = await cli.run(words, exported);
  if (answer.status !== 0) throw refusal(cli, words, answer);
}

async function exportStack(cli: StateCli, stackName: string): Promise<string | undefined> {
  const words = ["stack", "export", "--stack", stackName];
  const answer = await cli.run(words);
  if (answer.status === 0) return answer.stdout;
  if (isMissing(answer)) return undefined;
  throw refusal(cli, words, answer);
}
