import type { PulumiCommand } from "@pulumi/pulumi/automation/cmd";
import path from "node:path";

import type { Tools } from "../../cli/runCommand";
import { knownStacks } from "../../engine/checkpoint";
import { cliProcess } from "../../engine/cliProcess";
import { startEmulatorIn } from "../../engine/emulator";
import type { Folders } from "../../engine/folders";
import { findDrift } from "../../engine/runningStack/refresh";
import { readStateFile } from "../../engine/runningStack/stateFile";
import { projectName, regionInSettings } from "../../engine/settingsFile";
import { openStackState } from "../../engine/stackState";
import { accountIdOf } from "../../localAws/accounts";
import type { States } from "./states";

export interface LocalStatesOptions {
  readonly folders: Folders;
  readonly port: number | undefined;
  readonly command: PulumiCommand;
  readonly context: Pick<Tools, "steps" | "interrupt" | "screen">;
}

/** The stacks of `npm run local`. */
export async function localStates({ folders, port, command, context }: LocalStatesOptions): Promise<States> {
  return {
    names: await knownStacks(folders, projectName),
    read: (stackName) => readStateFile(folders, stackName, "npm run local"),
    findDrift: async (stackName) => {
      const emulator = await startEmulatorIn({ folders, port, ...context });
      const { serveProviders } = await import("../../engine/engine.ts");
      const accountId = accountIdOf(stackName);
      const region = (await regionInSettings(folders, stackName)) ?? "us-east-1";
      const providers = await serveProviders({ endpoint: emulator.endpoint, region, accountId });
      try {
        const stack = await openStackState({
          folders,
          stackName,
          accountId,
          command,
          providers: providers.ports,
        });
        return await findDrift(cliProcess(stack), stackName, context.interrupt.signal);
      } finally {
        providers.close();
      }
    },
    sourcesOf: (stackName) => ({ projectFolder: path.join(folders.stacks, stackName) }),
  };
}
