import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

import { accountIdOf } from "../local/accounts";
import { startEmulator, stopEmulator } from "../local/emulator";
import { emulatorFolder, foldersOf, sharedCache } from "../local/folders";
import { findPulumi } from "../local/pulumi/command";
import type { Steps } from "../local/ui/steps";

export const repository = path.resolve(__dirname, "..");

/** What lets Node read TypeScript, and start soon. */
export const quickStart = path.join(repository, "quickStart", "quickStart.cjs");

/** What the measured commands run against and with; all of it is gone after {@link Workplace.close}. */
export interface Workplace {
  readonly folder: string;
  /** The folder of the local run, as `--folder` takes it. */
  readonly localFolder: string;
  readonly pulumi: string;
  /** For the official CLI: home, providers and the language host of this workplace. */
  readonly environment: NodeJS.ProcessEnv;
  readonly close: () => Promise<void>;
}

/** Starts an emulator, the local providers and the language host's stand-in, apart from the user's own. */
export async function openWorkplace(steps: Steps): Promise<Workplace> {
  const folder = await mkdtemp(path.join(tmpdir(), "bench-"));
  const localFolder = path.join(folder, "local");
  const folders = foldersOf({ repository, local: localFolder });
  const started: ChildProcess[] = [];
  const close = async () => {
    for (const child of started) child.kill();
    await stopEmulator(emulatorFolder(folders));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const command = await findPulumi(sharedCache(process.env), steps);
    const emulator = await steps.run("Emulator", (report) =>
      startEmulator({ folder: emulatorFolder(folders), port: 0, report }),
    );
    const [languageHost, providers] = [
      serve("languageHost.ts", []),
      serve("providers.ts", [emulator.endpoint, accountIdOf("bench")]),
    ];
    started.push(languageHost, providers);
    return {
      folder,
      localFolder,
      pulumi: command.command,
      environment: {
        ...process.env,
        PULUMI_HOME: path.join(folder, "home"),
        PULUMI_CONFIG_PASSPHRASE: "bench",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DEBUG_LANGUAGES: `nodejs:${await firstLineOf(languageHost)}`,
        PULUMI_DEBUG_PROVIDERS: await firstLineOf(providers),
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function serve(script: string, words: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--require", quickStart, path.join(__dirname, script), ...words], {
    cwd: repository,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function firstLineOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new TypeError("a process without an output");
  const words: readonly unknown[] = await once(createInterface({ input: stdout }), "line");
  return String(words[0]);
}
