import { mkdir } from "node:fs/promises";

import { knownStacks, readCheckpoint, type Checkpoint } from "./checkpoint";
import { clearDeadLocks } from "./engineLock";
import type { Folders } from "./folders";
import type { Deployment } from "./runningStack/deployment";
import { readStateFile } from "./runningStack/stateFile";
import { projectName } from "./settingsFile";

/** Where Pulumi keeps the state of stacks. */
export interface StateBackend {
  /** Whether it is the folder of this run. Only there, stacks are created without the CLI. */
  readonly isFolder: boolean;
  /** Variables with which Pulumi's CLI finds and reaches it, `PULUMI_BACKEND_URL` included. */
  readonly environment: Readonly<Record<string, string>>;
  /** The stack's state; undefined when the stack does not exist. */
  readonly read: (stackName: string) => Promise<Checkpoint | undefined>;
  /**
   * The whole state, with its secrets encrypted.
   * @param again the command that writes the state again
   * @throws Failure when it cannot be read
   */
  readonly deployment: (stackName: string, again: string) => Promise<Deployment>;
  readonly has: (stackName: string) => Promise<boolean>;
  /**
   * Removes the locks that a killed engine left.
   * @throws Failure when an engine is still working on the stack
   */
  readonly recover: (stackName: string) => Promise<void>;
}

/**
 * The state in the run's own folder.
 * @param project the project's name; default: that of every stack here
 */
export async function folderBackend(folders: Folders, project = projectName): Promise<StateBackend> {
  await mkdir(folders.state, { recursive: true });
  return {
    isFolder: true,
    environment: { PULUMI_BACKEND_URL: `file://${folders.state}` },
    read: (stackName) => readCheckpoint(folders, project, stackName),
    deployment: (stackName, again) => readStateFile(folders, stackName, again),
    has: async (stackName) => (await knownStacks(folders, project)).includes(stackName),
    recover: (stackName) => clearDeadLocks(folders, project, stackName),
  };
}
