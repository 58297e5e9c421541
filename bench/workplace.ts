import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { sharedCache } from "../cli/sharedCache";
import type { Steps } from "../cli/steps";
import { emulatorFolder, foldersOf } from "../engine/folders";
import { findPulumi } from "../engine/pulumiCli/command";
import { type OfficialCli, startOfficialCli } from "../local/officialCli/start";
import { accountIdOf } from "../localAws/accounts";
import { defaultFolder, startEmulator, stopEmulator } from "../localAws/emulator";

export const repository = path.resolve(__dirname, "..");

/** The hooks that let Node load TypeScript. */
export const nodeHooks = path.join(repository, "nodeHooks", "register.cjs");

/** The environment of the measured commands; {@link Workplace.close} removes it. */
export interface Workplace {
  readonly folder: string;
  /** The folder of the local run, as `--folder` takes it. */
  readonly localFolder: string;
  readonly pulumi: string;
  /** The official CLI's environment: home, providers and the language host of this workplace. */
  readonly environment: NodeJS.ProcessEnv;
  readonly close: () => Promise<void>;
}

/** Starts an emulator, the local providers and the local language host, separate from the user's. */
export async function openWorkplace(steps: Steps): Promise<Workplace> {
  const folder = await mkdtemp(path.join(tmpdir(), "bench-"));
  const localFolder = path.join(folder, "local");
  const folders = foldersOf({ repository, local: localFolder });
  let cli: OfficialCli | undefined;
  const close = async () => {
    cli?.close();
    await stopEmulator(emulatorFolder(folders));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const command = await findPulumi(sharedCache(process.env), steps);
    const emulator = await steps.run("Emulator", (report) =>
      startEmulator({ folder: emulatorFolder(folders), environmentFolder: defaultFolder, port: 0, report }),
    );
    cli = await startOfficialCli({
      home: path.join(folder, "home"),
      endpoint: emulator.endpoint,
      accountId: accountIdOf("bench"),
    });
    return {
      folder,
      localFolder,
      pulumi: command.command,
      environment: { ...cli.environment, PULUMI_CONFIG_PASSPHRASE: "bench" },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
