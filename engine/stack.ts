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
import { createStack, type NewStack } from "./emptyStack";
import { endWithoutCommands, selectWithoutCommand } from "./patches/fewCommands";
import { secretsKeeperEnvironment, secretsProvider } from "./secretsKeeper";
import { folderBackend, type StateBackend } from "./stateBackend";

/** For stacks older than {@link secretsProvider}. It protects nothing either. */
const passphrase = "local";

/** The parts that the engine needs to work on one stack. */
export interface StackRun extends NewStack {
  /** The folder of the stack's settings, as {@link copySettings} created it. */
  readonly settingsFolder: string;
  readonly command: PulumiCommand;
  readonly program: PulumiFn;
  /** The ports of the providers that serve this run, by package. */
  readonly providers: Readonly<Record<string, number>>;
  /** Default: the run's folder. */
  readonly backend?: StateBackend;
}

/** The stack on Pulumi's real engine; created when it does not exist. */
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
      // The engine's process is short and small: Go's default collects its garbage dozens of times, a fifth of its CPU time.
      GOGC: process.env["GOGC"] ?? "400",
      // This process serves all providers: the engine neither searches nor downloads any.
      PULUMI_DEBUG_PROVIDERS: debugProviders(run.providers),
      PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    },
  };
  const create = run.backend?.isFolder === false ? undefined : createStack;
  return openWithFewCommands(run, options, create);
}

/**
 * Creates a file in place of the engine's log folder. The engine would compress and encrypt 120 kB of logs in each
 * run, which are useless for an emulator. It works without them.
 */
async function keepNoLogs(pulumiHome: string): Promise<void> {
  await mkdir(pulumiHome, { recursive: true });
  const note = "The engine logs nothing while this file is here, not a folder.\n";
  try {
    await writeFile(path.join(pulumiHome, "logs"), note, { flag: "wx" });
  } catch (error) {
    // The file exists already, or a folder of an earlier version that an engine may still use.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/**
 * A stack of the backend, created when it does not exist. The CLI needs a tenth of a second for each command, so it does
 * not start for known facts.
 *
 * @param run without a backend, the state is in the run's folder
 * @param create creates the stack; default: by the CLI
 */
export async function openWithFewCommands(
  run: NewStack & Pick<StackRun, "backend">,
  { envVars, ...options }: LocalWorkspaceOptions,
  create = ({ stackName }: NewStack, workspace: LocalWorkspace) => Stack.create(stackName, workspace),
): Promise<Stack> {
  const { stackName } = run;
  const backend = run.backend ?? (await folderBackend(run.folders, run.projectName));
  const workspace = await LocalWorkspace.create({
    ...options,
    envVars: { PULUMI_SKIP_UPDATE_CHECK: "true", ...envVars, ...backend.environment },
  });
  selectWithoutCommand(workspace);
  const isThere = await backend.has(stackName);
  const stack = await (isThere ? Stack.select(stackName, workspace) : create(run, workspace));
  endWithoutCommands(stack);
  return stack;
}

/**
 * Previews without writing to the state: the file backend would write a checkpoint for each resource, which costs more the
 * more resources there are.
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
