import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

import { Failure } from "../../cli/failure";
import { parseJson, z } from "../../cli/json";
import type { CliProcess } from "../cliProcess";
import { errorText } from "../events";
import { collectDrift, type Drift } from "./drift";

const diagnostic = z.object({
  diagnosticEvent: z.object({ severity: z.string(), message: z.string() }),
});

/**
 * Reads every resource of a stack in its account and compares it with the state. Changes neither: the refresh is only
 * previewed. Needs the providers and the account's credentials, not the program.
 *
 * @throws Failure when a resource cannot be read
 */
export async function findDrift(
  { command, folder, environment }: CliProcess,
  stackName: string,
  signal: AbortSignal,
): Promise<readonly Drift[]> {
  const words = [
    "refresh",
    "--preview-only",
    "--json",
    "--non-interactive",
    "--color=never",
    "--stack",
    stackName,
  ];
  const child = spawn(command, words, {
    cwd: folder,
    // Without it, the command prints a summary at its end that has no properties of unchanged resources.
    env: { ...environment, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true", PULUMI_SKIP_UPDATE_CHECK: "true" },
    signal,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const errorOutput = text(child.stderr);
  const collected = collectDrift();
  const problems: string[] = [];
  const ended = once(child, "close");
  for await (const line of createInterface({ input: child.stdout })) {
    const event = parseJson(z.unknown(), line);
    if (event === undefined) continue;
    collected.onEvent(event);
    const { data } = diagnostic.safeParse(event);
    if (data?.diagnosticEvent.severity === "error") problems.push(errorText(data.diagnosticEvent.message));
  }
  await ended;
  if (child.exitCode === 0) return collected.drift;
  const reason = problems.length > 0 ? problems.join("\n") : errorText(await errorOutput);
  throw new Failure(
    `The account of stack ${stackName} cannot be read: ${reason}`,
    "Fix the error above, for example the credentials, then run the command again.",
  );
}
