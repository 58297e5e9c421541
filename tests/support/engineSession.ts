import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { sharedCache } from "../../cli/sharedCache";
import { emulatorFolder } from "../../engine/folders";
import { findPulumi } from "../../engine/pulumiCli/command";
import { openStackSession, type StackSession } from "../../engine/stackSession";
import { defaultFolder, startEmulator } from "../../localAws/emulator";
import type { LocalRun } from "./localRun";

const run = promisify(execFile);

/** A stack of a local run, opened in this process, so that Pulumi's CLI can use it. */
export interface EngineSession extends StackSession {
  /** Runs `pulumi` on the stack. @returns whether it succeeded, and its output. */
  readonly pulumi: (...words: readonly string[]) => Promise<{ readonly ok: boolean; readonly text: string }>;
  readonly close: () => Promise<void>;
}

export async function openEngineSession(
  { folders }: LocalRun,
  stackName: string,
  accountId: string,
): Promise<EngineSession> {
  const steps = { run: <T>(_: string, work: (say: () => void) => Promise<T>) => work(() => undefined) };
  const command = await findPulumi(sharedCache(process.env), steps);
  const folder = emulatorFolder(folders);
  const emulator = await startEmulator({
    port: 0,
    folder,
    environmentFolder: defaultFolder,
    report: () => undefined,
  });
  const closing: (() => unknown)[] = [];
  const session = await openStackSession({ folders, stackName, accountId, command, emulator }, closing);
  const { workspace } = session.stack;
  if (!(workspace instanceof LocalWorkspace)) throw new TypeError("the stack's workspace is not a folder");
  const environment = {
    ...process.env,
    PULUMI_HOME: folders.pulumiHome,
    ...workspace.envVars,
  };
  return {
    ...session,
    pulumi: async (...words) => {
      try {
        const { stdout, stderr } = await run(
          command.command,
          [...words, "--stack", stackName, "--non-interactive", "--color", "never"],
          { cwd: workspace.workDir, env: environment, maxBuffer: 64 * 1024 * 1024 },
        );
        return { ok: true, text: stdout + stderr };
      } catch (error) {
        if (!(error instanceof Error && "stdout" in error && "stderr" in error)) throw error;
        return { ok: false, text: `${String(error.stdout)}${String(error.stderr)}` };
      }
    },
    close: async () => {
      for (const close of closing.reverse()) await close();
    },
  };
}
