import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";

import { Failure } from "../../cli/failure";
import { projectName } from "../../engine/settingsFile";
import { folderOf, shownUrl } from "./backendUrl";

/** What Pulumi's CLI answered. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Pulumi's CLI on a class's state, with the credentials of this user. It runs no program. */
export interface StateCli {
  readonly url: string;
  /** @param input the standard input */
  readonly run: (words: readonly string[], input?: string) => Promise<Answer>;
}

export interface StateCliOptions {
  /** The path of Pulumi's CLI. */
  readonly command: string;
  readonly url: string;
  /** A folder for the project's file; the CLI writes stacks' files into it. */
  readonly folder: string;
  /** E.g. `process.env`. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Opens the backend. It is contacted with the first command. */
export async function openStateCli({
  command,
  url,
  folder,
  environment,
}: StateCliOptions): Promise<StateCli> {
  const stateFolder = folderOf(url);
  if (stateFolder !== undefined) await mkdir(stateFolder, { recursive: true });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "Pulumi.yaml"), `name: ${projectName}\nruntime: nodejs\n`);
  const env: NodeJS.ProcessEnv = {
    ...environment,
    // The documents have no secrets; the CLI asks for a passphrase nevertheless.
    PULUMI_CONFIG_PASSPHRASE: environment["PULUMI_CONFIG_PASSPHRASE"] ?? "documents",
    PULUMI_BACKEND_URL: url,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
  };
  if (env["PULUMI_CONFIG_PASSPHRASE_FILE"] !== undefined) delete env["PULUMI_CONFIG_PASSPHRASE"];
  return {
    url,
    run: async (words, input = "") => {
      const child = spawn(command, [...words, "--non-interactive", "--color", "never"], { cwd: folder, env });
      // A CLI that fails early does not read its input.
      child.stdin.on("error", () => undefined).end(input);
      const [stdout, stderr] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, "close"),
      ]);
      return { status: child.exitCode, stdout, stderr };
    },
  };
}

/** The error of a command that the backend refused. */
export function refusal({ url }: StateCli, words: readonly string[], { stderr, status }: Answer): Failure {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("SDK "));
  const reason = lines.at(-1) ?? `exit status ${status ?? "unknown"}`;
  return new Failure(
    `The class's state in ${shownUrl(url)} cannot be used: pulumi ${words.join(" ")}: ${reason.replace(/^error: /, "")}`,
    "Check PULUMI_BACKEND_URL and your credentials for it, then run the command again.",
  );
}
