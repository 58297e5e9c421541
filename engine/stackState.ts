import type { Stack } from "@pulumi/pulumi/automation";
import type { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import { existsSync } from "node:fs";
import path from "node:path";

import type { Folders } from "./folders";
import { copySettings } from "./settingsCopy";
import { projectName, settingsFile } from "./settingsFile";
import { openStack } from "./stack";

/**
 * A stack with only its state and settings, without program. Creates an empty one if none
 * exists. It does not change an existing copy of the settings, because another run may be using it.
 */
export async function openStackState(options: {
  readonly folders: Folders;
  readonly stackName: string;
  readonly accountId: string;
  readonly command: PulumiCommand;
  /** The ports of the providers that serve the stack, by package. Default: none, for work on the state alone. */
  readonly providers?: Readonly<Record<string, number>>;
}): Promise<Stack> {
  const { folders, stackName, accountId, command, providers = {} } = options;
  const settingsFolder = path.join(folders.stacks, stackName);
  if (!existsSync(path.join(settingsFolder, settingsFile(stackName)))) {
    await copySettings(folders, stackName, accountId, command);
  }
  return openStack({
    folders,
    stackName,
    projectName,
    settingsFolder,
    command,
    providers,
    program: () => Promise.resolve(),
  });
}
