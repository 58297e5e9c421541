import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";

/** How Pulumi's CLI is started on a stack. */
export interface CliProcess {
  readonly command: string;
  /** The folder of the stack's project and settings. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** The environment that Pulumi's CLI needs to work on the stack, from the Automation API. */
export function cliProcess({ name, workspace }: Stack): CliProcess {
  if (!(workspace instanceof LocalWorkspace)) throw new TypeError(`${name}: its workspace is not a folder`);
  const { pulumiCommand, pulumiHome, workDir, envVars } = workspace;
  return {
    command: pulumiCommand.command,
    folder: workDir,
    environment: {
      ...process.env,
      ...(pulumiHome === undefined ? {} : { PULUMI_HOME: pulumiHome }),
      ...envVars,
    },
  };
}
