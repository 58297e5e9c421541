import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { codeOf, Failure } from "../cli/failure";
import { parseJson, z } from "../cli/json";

const run = promisify(execFile);
const outputsSchema = z.record(z.string(), z.unknown());
const maxBytes = 10_000_000;

/**
 * The stack's outputs, from the Pulumi CLI and the backend that the user is logged in to. Secrets stay hidden.
 *
 * @throws Failure when there is no CLI, no such stack, or no login.
 */
export async function stackOutputs(
  folder: string,
  stack: string,
): Promise<Readonly<Record<string, unknown>>> {
  const words = ["stack", "output", "--json", "--non-interactive", "--stack", stack];
  let text: string;
  try {
    const { stdout } = await run("pulumi", words, { cwd: folder, maxBuffer: maxBytes });
    text = stdout;
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      throw new Failure(
        "The Pulumi CLI is not on PATH, and the stack's outputs name what the page shows.",
        "Install it (https://www.pulumi.com/docs/install/) as for pulumi up, then run this again.",
        { cause: error },
      );
    }
    throw new Failure(
      `pulumi stack output --stack ${stack} failed: ${reasonOf(error)}`,
      "Check the stack's name (pulumi stack ls) and the login (pulumi whoami), then run this again.",
      { cause: error },
    );
  }
  const outputs = parseJson(outputsSchema, text);
  if (outputs !== undefined) return outputs;
  throw new Failure(
    `pulumi stack output --stack ${stack} printed no JSON object: ${text.slice(0, 200)}`,
    "Update the Pulumi CLI, then run this again.",
  );
}

/** The lines of Pulumi that begin with `error:`, else everything that it printed. */
function reasonOf(error: unknown): string {
  const printed = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
  const errors = printed.split("\n").filter((line) => line.startsWith("error: "));
  return errors.length === 0 ? printed : errors.map((line) => line.slice("error: ".length)).join("; ");
}
