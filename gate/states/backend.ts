import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { Failure, messageOf } from "../../cli/failure";
import { parseJson, z } from "../../cli/json";
import { readExport } from "../../engine/runningStack/deployment";
import { findDrift } from "../../engine/runningStack/refresh";
import type { States } from "./states";

const run = promisify(execFile);

/** Room for the state of a stack with thousands of resources. */
const mostStateBytes = 256 * 1024 * 1024;

const stackList = z.array(z.object({ name: z.string() }));

/**
 * The stacks of a project in the backend that the Pulumi CLI uses: `PULUMI_BACKEND_URL`, the project's own, or that of
 * `pulumi login`. Reading needs no passphrase, because secrets stay encrypted.
 *
 * @param command the Pulumi CLI
 * @param project the folder with `Pulumi.yaml`
 * @throws Failure when the backend cannot be read
 */
export async function backendStates(command: string, project: string, signal: AbortSignal): Promise<States> {
  const ask = async (...words: readonly string[]) => {
    try {
      const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
      const options = { cwd: project, env, signal, maxBuffer: mostStateBytes };
      return (await run(command, [...words, "--non-interactive"], options)).stdout;
    } catch (error) {
      if (signal.aborted) throw error;
      throw new Failure(
        `The Pulumi CLI cannot read the stacks of ${project}: ${reasonIn(messageOf(error))}`,
        "Log in (pulumi login), or set PULUMI_BACKEND_URL; for the stacks of npm run local add --local; for the output of pulumi stack export use --exported FILE.",
        { cause: error },
      );
    }
  };
  const listed = parseJson(stackList, await ask("stack", "ls", "--json")) ?? [];
  return {
    names: listed.map(({ name }) => name).sort(),
    read: async (stackName) => {
      const state = readExport(await ask("stack", "export", "--stack", stackName));
      if (state !== undefined) return state;
      throw new Failure(
        `The state of stack ${stackName} has an unknown form.`,
        "Use a Pulumi CLI of version 3: pulumi version",
      );
    },
    findDrift: (stackName) =>
      findDrift({ command, folder: project, environment: process.env }, stackName, signal),
    sourcesOf: () => ({ projectFolder: project }),
  };
}

/** The CLI's own reason, without the output that the SDK adds. */
function reasonIn(message: string): string {
  return /^\s*error: (.+)$/m.exec(message)?.[1] ?? message;
}
