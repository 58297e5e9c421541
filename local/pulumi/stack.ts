import { LocalWorkspace, type PreviewOptions, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import type { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import { mkdir } from "node:fs/promises";

import type { Folders } from "../folders";

/** Protects nothing: the state is on this machine, and of an emulator. */
const passphrase = "local";

/** What the engine needs to work on one stack. */
export interface StackRun {
  readonly folders: Folders;
  readonly stackName: string;
  readonly projectName: string;
  /** The folder of the stack's settings, as {@link copySettings} made it. */
  readonly settingsFolder: string;
  readonly command: PulumiCommand;
  readonly program: PulumiFn;
  /** The ports of the providers that serve this run, by package. */
  readonly providers: Readonly<Record<string, number>>;
}

/** The stack on Pulumi's real engine, with state in the working copy; made when it is not there yet. */
export async function openStack(run: StackRun): Promise<Stack> {
  await mkdir(run.folders.state, { recursive: true });
  return LocalWorkspace.createOrSelectStack(
    { stackName: run.stackName, projectName: run.projectName, program: run.program },
    {
      workDir: run.settingsFolder,
      pulumiHome: run.folders.pulumiHome,
      pulumiCommand: run.command,
      envVars: {
        PULUMI_BACKEND_URL: `file://${run.folders.state}`,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        PULUMI_CONFIG_PASSPHRASE_FILE: "",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
        // Providers come from this process alone: none is looked for, none downloaded.
        PULUMI_DEBUG_PROVIDERS: debugProviders(run.providers),
        PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      },
    },
  );
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

/** `aws:1234,awsx:1235` */
function debugProviders(ports: Readonly<Record<string, number>>): string {
  return Object.entries(ports)
    .map(([name, port]) => `${name}:${port}`)
    .join(",");
}
