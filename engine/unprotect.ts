import type { Stack } from "@pulumi/pulumi/automation";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { cliProcess } from "./cliProcess";

const run = promisify(execFile);

/** Removes Pulumi's protection from every resource in the stack's state; nothing changes in AWS. */
export async function unprotectState(stack: Stack): Promise<void> {
  const { command, folder, environment } = cliProcess(stack);
  await run(command, ["state", "unprotect", "--all", "--yes", "--non-interactive", "--stack", stack.name], {
    cwd: folder,
    env: environment,
  });
}
