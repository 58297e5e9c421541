import type { ResourceTransform } from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";
import type { PulumiCommand } from "@pulumi/pulumi/automation/cmd";

import type { SettledFile } from "../config";
import type { RunningEmulator } from "../localAws/emulator";
import { createPrerequisites, prerequisitesOf } from "../localAws/prerequisites";
import { setTornCheckpointAside, type Checkpoint } from "./checkpoint";
import type { Registered } from "./engine";
import type { Folders } from "./folders";
import { projectName } from "./settingsFile";
import { folderBackend, type StateBackend } from "./stateBackend";

/** The place of a stack's resources in the emulator. */
export interface Target {
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
}

/** One stack on the real engine, in an account of the emulator. */
export interface StackSession {
  readonly folders: Folders;
  readonly stackName: string;
  readonly target: Target;
  readonly emulator: RunningEmulator;
  /** The stack's settings, with its account's id in the ARNs. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Pulumi's state of the stack before this run. */
  readonly before: Checkpoint | undefined;
  readonly stack: Stack;
  readonly backend: StateBackend;
  /** Sets the listener for every resource that the program registers. */
  readonly onRegistration: (listener: () => void) => void;
}

/** The parts that a session needs. */
export interface StackSessionOptions {
  readonly folders: Folders;
  readonly stackName: string;
  readonly accountId: string;
  readonly command: PulumiCommand;
  readonly emulator: RunningEmulator;
  /** The checked settings of the stack's file. Default: reads and checks it. */
  readonly settled?: SettledFile;
  /** Default: the folder of the run. */
  readonly backend?: StateBackend;
  /** Changes the program's resources. Default: none. */
  readonly transform?: ResourceTransform;
  /** Called within the constructor of each resource. */
  readonly onResource?: (resource: Registered) => void;
}

/**
 * Opens the stack of the program with the settings of its file. It creates the prerequisites that the settings name,
 * and serves the providers. It adds each part that must be closed to `closing` at once.
 *
 * @throws Failure, InvalidSettingsError when the stack's file is missing or wrong
 */
export async function openStackSession(
  { folders, stackName, accountId, command, emulator, settled, onResource, ...given }: StackSessionOptions,
  closing: (() => unknown)[],
): Promise<StackSession> {
  const { backend = await folderBackend(folders), transform } = given;
  const engine = await import("./engine.ts");
  await backend.recover(stackName);
  if (backend.isFolder) await setTornCheckpointAside(folders, projectName, stackName);
  const before = await backend.read(stackName);
  const settings = await engine.copySettings(folders, stackName, accountId, command, settled);
  const { config } = settings;
  const target: Target = {
    endpoint: emulator.endpoint,
    region: settings.region,
    accountId,
  };
  await createPrerequisites(target, prerequisitesOf(config));
  const providers = await engine.serveProviders(target);
  closing.push(providers.close);

  let registered: () => void = () => undefined;
  const stack = await engine.openStack({
    folders,
    stackName,
    projectName,
    settingsFolder: settings.folder,
    command,
    providers: providers.ports,
    backend,
    program: engine.countedProgram((resource) => {
      registered();
      onResource?.(resource);
    }, transform),
  });
  const onRegistration = (listener: () => void) => {
    registered = listener;
  };
  return { folders, stackName, target, emulator, config, before, stack, backend, onRegistration };
}
