import { setTimeout as sleep } from "node:timers/promises";

import { Failure } from "../../cli/failure";
import { parseJson, z } from "../../cli/json";
import { stackType } from "../../engine/checkpoint";
import { projectName } from "../../engine/settingsFile";
import { shownUrl } from "./backendUrl";
import { refusal, type Answer, type StateCli } from "./pulumiCli";

/**
 * Named texts in any backend of Pulumi's. Each is a stack without resources: its outputs have the text. So Pulumi
 * itself reads and writes them, and every backend that keeps a stack keeps them.
 */
export interface Documents {
  /** Creates an empty document. @returns false when it exists: of several callers at once, one gets true */
  readonly create: (name: string) => Promise<boolean>;
  /** The text; empty after creation, undefined when the document does not exist. */
  readonly read: (name: string) => Promise<string | undefined>;
  /** Replaces the text of an existing document. */
  readonly write: (name: string, text: string) => Promise<void>;
  /** Succeeds when there is no such document. */
  readonly remove: (name: string) => Promise<void>;
}

/** Pulumi locks a stack for each of these commands, which take a second or two. */
const longestCommandMilliseconds = 30_000;

export function documentsIn(cli: StateCli): Documents {
  return {
    create: async (name) => {
      const words = ["stack", "init", name, "--no-select"];
      const answer = await patient(cli, name, words);
      if (answer.status === 0) return true;
      if (answer.stderr.includes("already exists")) return false;
      throw refusal(cli, words, answer);
    },
    read: async (name) => {
      const words = ["stack", "export", "--stack", name];
      const answer = await cli.run(words);
      if (answer.status === 0) return textIn(cli, name, answer.stdout);
      if (isMissing(answer)) return undefined;
      throw refusal(cli, words, answer);
    },
    write: async (name, text) => {
      const words = ["stack", "import", "--stack", name];
      const answer = await patient(cli, name, words, deploymentOf(name, text));
      if (answer.status !== 0) throw refusal(cli, words, answer);
    },
    remove: async (name) => {
      const words = ["stack", "rm", "--stack", name, "--yes", "--force"];
      const answer = await patient(cli, name, words);
      if (answer.status !== 0 && !isMissing(answer)) throw refusal(cli, words, answer);
    },
  };
}

/** Whether the stack does not exist. */
export function isMissing({ stderr }: Answer): boolean {
  return stderr.includes("no stack named");
}

/**
 * Runs a command again while another process has the document. A lock that lasts longer belongs to a process that was
 * killed.
 */
async function patient(
  cli: StateCli,
  name: string,
  words: readonly string[],
  input?: string,
): Promise<Answer> {
  const deadline = performance.now() + longestCommandMilliseconds;
  for (;;) {
    const answer = await cli.run(words, input);
    if (answer.status === 0 || !isBusy(answer)) return answer;
    if (performance.now() > deadline) {
      await cli.run(["cancel", "--stack", name, "--yes"]);
      return cli.run(words, input);
    }
    await sleep(100 + Math.random() * 400);
  }
}

function isBusy({ stderr }: Answer): boolean {
  return /currently locked by|another update is currently in progress/i.test(stderr);
}

const exportSchema = z.object({
  deployment: z.object({
    resources: z
      .array(z.object({ outputs: z.object({ document: z.string() }) }))
      .max(1)
      .nullish(),
  }),
});

/** The text in the output of `pulumi stack export`. */
function textIn(cli: StateCli, name: string, exported: string): string {
  const found = parseJson(exportSchema, exported);
  if (found !== undefined) return found.deployment.resources?.[0]?.outputs.document ?? "";
  throw new Failure(
    `The stack ${name} in ${shownUrl(cli.url)} is not a document of a class.`,
    "Rename that stack, or keep the class in another backend (PULUMI_BACKEND_URL).",
  );
}

/** A state with the text as output of the stack. */
function deploymentOf(name: string, document: string): string {
  const urn = `urn:pulumi:${name}::${projectName}::${stackType}::${projectName}-${name}`;
  const stack = { urn, custom: false, type: stackType, outputs: { document } };
  const manifest = { time: new Date().toISOString(), magic: "", version: "" };
  return JSON.stringify({ version: 3, deployment: { manifest, resources: [stack] } });
}
