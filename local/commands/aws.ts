import { Failure } from "../../cli/failure";
import { passThrough } from "../../cli/passThrough";
import { emulatorFolder } from "../../engine/folders";
import { readStackFile } from "../../engine/settingsFile";
import { accountIdOf } from "../../localAws/accounts";
import { awsCliEnvironment, emulatorStatus, ensureAwsCli } from "../../localAws/emulator";
import type { Context } from "../context";
import { localCommand } from "../localCommand";
import { requireAskedPort } from "./shared";

/** Runs the AWS CLI on the stack's account and region in the emulator. */
export async function aws(context: Context): Promise<void> {
  const { invocation, folders, steps } = context;
  const { stack, words } = invocation;
  const { region } = await readStackFile(folders, stack);
  const folder = emulatorFolder(folders);
  const emulator = await emulatorStatus(folder);
  if (!emulator.running) {
    throw new Failure(
      `The emulator in ${folders.local} is not running.`,
      `Start it, and create the stack ${stack}: ${localCommand(invocation)}`,
    );
  }
  requireAskedPort(emulator, context);
  const cli = await steps.run("AWS CLI", (report) => ensureAwsCli({ report, folder }));
  const target = { endpoint: emulator.endpoint, region, accountId: accountIdOf(stack) };
  context.endWith(
    await context.interrupt.finishing(() =>
      passThrough({
        command: cli.command,
        // Passed as an option, too: for RDS in us-east-1, version 1 of the CLI ignores AWS_ENDPOINT_URL and calls
        // AWS.
        words: [...cli.words, "--endpoint-url", emulator.endpoint, ...words],
        environment: awsCliEnvironment(process.env, target),
      }),
    ),
  );
}
