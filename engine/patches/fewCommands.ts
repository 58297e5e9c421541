/**
 * Speed only. The Automation API starts the Pulumi CLI, a tenth of a second each time, to select a stack and, after each
 * operation, to ask for its outputs and its history. Every command here names its stack, and the engine's events already
 * reported the outputs. With this patch the CLI is started for the operation alone.
 *
 * Upstream: no issue.
 * Checked against: @pulumi/pulumi 3.270.0.
 */
import type { Stack, Workspace } from "@pulumi/pulumi/automation";

import { speedPatchesAreOn } from "./speedPatches";

/** Selecting a stack starts no CLI. */
export function selectWithoutCommand(workspace: Workspace): void {
  if (speedPatchesAreOn) workspace.selectStack = () => Promise.resolve();
}

/** The end of an operation starts no CLI. */
export function endWithoutCommands(stack: Stack): void {
  if (!speedPatchesAreOn) return;
  stack.outputs = () => Promise.resolve({});
  stack.info = () => Promise.resolve(undefined);
}
