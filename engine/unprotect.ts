import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Takes Pulumi's own protection off every resource in the stack's state; AWS hears nothing of it. */
export async function unprotectState({ name, workspace }: Stack): Promise<void> {
  if (!(workspace instanceof LocalWorkspace)) throw new TypeError(`${name}: its workspace is not a folder`);
  const { pulumiCommand, pulumiHome, workDir, envVars } = workspace;
  await run(
    pulumiCommand.command,
    ["state", "unprotect", "--all", "--yes", "--non-interactive", "--stack", name],
    {
      cwd: workDir,
      env: { ...process.env, ...(pulumiHome === undefined ? {} : { PULUMI_HOME: pulumiHome }), ...envVars },
    },
  );
}
