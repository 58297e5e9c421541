import type { PulumiCommand } from "@pulumi/pulumi/automation/cmd";

import { sharedCache } from "../../local/folders";
import { findPulumi } from "../../local/pulumi/command";
import type { Steps } from "../../local/ui/steps";

let found: Promise<PulumiCommand> | undefined;

/**
 * The Pulumi CLI, looked for once in this process: to be asked for its version, it has to be started.
 *
 * @throws Failure as {@link findPulumi} does
 */
export function pulumiCommand(steps: Steps): Promise<PulumiCommand> {
  found ??= findPulumi(sharedCache(process.env), steps);
  return found;
}
