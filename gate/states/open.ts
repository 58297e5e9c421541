import type { Tools } from "../../cli/runCommand";
import { sharedCache } from "../../cli/sharedCache";
import type { Folders } from "../../engine/folders";
import { findPulumi } from "../../engine/pulumiCli/command";
import type { Running } from "../commandLine";
import { backendStates } from "./backend";
import { exportedStates } from "./exported";
import { localStates } from "./local";
import type { States } from "./states";

/** The states to judge, and how. */
export interface OpenedStates {
  readonly states: States;
  readonly live: boolean;
  /** The Pulumi CLI. */
  readonly command: string;
}

/** @throws Failure when the states cannot be read; Misuse when a file is wrong */
export async function openStates(
  { from, live }: Running,
  options: {
    readonly folders: Folders;
    readonly port: number | undefined;
    readonly context: Pick<Tools, "steps" | "interrupt" | "screen">;
  },
): Promise<OpenedStates> {
  const { folders, context } = options;
  const pulumi = await findPulumi(sharedCache(process.env), context.steps);
  const { command } = pulumi;
  switch (from) {
    case "backend":
      return {
        states: await backendStates(command, folders.project, context.interrupt.signal),
        live,
        command,
      };
    case "local":
      return { states: await localStates({ ...options, command: pulumi }), live, command };
    default:
      return { states: await exportedStates(from.files, folders.project), live, command };
  }
}
