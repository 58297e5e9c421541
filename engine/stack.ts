import {
  LocalWorkspace,
  type LocalWorkspaceOptions,
  type PreviewOptions,
  type PulumiFn,
  Stack,
} from "@pulumi/pulumi/automation";
import type { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf } from "../cli/failure";
import { debugProviders } from "../localAws/providers/serve";
import { knownStacks } from "./checkpoint";
import { createStack, type NewStack } from "./emptyStack";
import { secretsKeeperEnvironment, secretsProvider } from "./secretsKeeper";

/** Of stacks that were made before {@link secretsProvider} was: it protects as little. */
const passphrase = "local";

/** What the engine needs to work on one stack. */
export interface StackRun extends NewStack {
  /** The folder of the stack's settings, as {@link copySettings} made it. */
  readonly settingsFolder: string;
  readonly command: PulumiCommand;
  readonly program: PulumiFn;
  /** The ports of the providers that serve this run, by package. */
  readonly providers: Readonly<Record<string, number>>;
}

/** The stack on Pulumi's real engine, with state in the working copy; made when it is not there yet. */
export async function openStack(run: StackRun): Promise<Stack> {
  await keepNoLogs(run.folders.pulumiHome);
  const options = {
    workDir: run.settingsFolder,
    pulumiHome: run.folders.pulumiHome,
    pulumiCommand: run.command,
    program: run.program,
    secretsProvider,
    envVars: {
      ...(await secretsKeeperEnvironment()),
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      PULUMI_CONFIG_PASSPHRASE_FILE: "",
      PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
      // Providers come from this process alone: none is looked for, none downloaded.
      PULUMI_DEBUG_PROVIDERS: debugProviders(run.providers),
      PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    },
  };
  return openWithFewCommands(run, options, (workspace) => createStack(run, workspace));
}

/**
 * A file where the engine would have its folder of logs: 120 kB of each run, compressed and encrypted while the
 * engine works, of which nobody ever has use for an emulator's. The engine goes on without.
 */
async function keepNoLogs(pulumiHome: string): Promise<void> {
  await mkdir(pulumiHome, { recursive: true });
  const note = "The engine logs nothing while this file is here, not a folder.\n";
  try {
    await writeFile(path.join(pulumiHome, "logs"), note, { flag: "wx" });
  } catch (error) {
    // There already, or a folder of before: its engine may still write into it.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/**
 * A stack whose state is in the folder's files, made when it is not there yet; the CLI, a tenth of a second each
 * time, is started for nothing that is known without it.
 *
 * @param create makes it, when it has to be made; default: by the CLI
 */
export async function openWithFewCommands(
  { folders, projectName, stackName }: NewStack,
  { envVars, ...options }: LocalWorkspaceOptions,
  create = (workspace: LocalWorkspace) => Stack.create(stackName, workspace),
): Promise<Stack> {
  await mkdir(folders.state, { recursive: true });
  const workspace = await LocalWorkspace.create({
    ...options,
    envVars: { PULUMI_BACKEND_URL: `file://${folders.state}`, PULUMI_SKIP_UPDATE_CHECK: "true", ...envVars },
  });
  // Every command names the stack: none has to be the selected one.
  workspace.selectStack = () => Promise.resolve();
  const isThere = (await knownStacks(folders, projectName)).includes(stackName);
  const stack = await (isThere ? Stack.select(stackName, workspace) : create(workspace));
  // What an update came to is known by its events; it would be asked for again after each, in three commands.
  stack.outputs = () => Promise.resolve({});
  stack.info = () => Promise.resolve(undefined);
  return stack;
}

/**
 * Previews, with nothing written to the state: the file backend would write a checkpoint per resource even
 * then, which costs more the more there are.
 */
export async function previewStack(stack: Stack, options: PreviewOptions): Promise<void> {
  const { workspace } = stack;
  const { envVars } = workspace;
  workspace.envVars = { ...envVars, PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
  try {
    await stack.preview(options);
  } finally {
    workspace.envVars = envVars;
  }
}
