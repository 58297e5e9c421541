import type { PulumiCommand } from "@pulumi/pulumi/automation/cmd";

import { sharedCache } from "../../cli/sharedCache";
import type { Steps } from "../../cli/steps";
import { findPulumi } from "../../engine/pulumiCli/command";

let found: Promise<PulumiCommand> | undefined;

/**
 * The Pulumi CLI, searched once per process: the CLI must start to print its version.
 *
 * @throws Failure as {@link findPulumi} does
 */
export function pulumiCommand(steps: Steps): Promise<PulumiCommand> {
  found ??= findPulumi(sharedCache(process.env), steps);
  return found;
}
