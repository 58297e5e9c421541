import { Failure } from "../../cli/failure";
import { emulatorFolder } from "../../engine/folders";
import { readProjectFile } from "../../engine/projectFile";
import { projectName, readStackFile } from "../../engine/settingsFile";
import { accountIdOf } from "../../localAws/accounts";
import { emulatorStatus } from "../../localAws/emulator";
import { siteClients } from "../clients";
import type { Invocation } from "../commandLine";
import { foldersFor } from "./folders";
import type { Stack } from "./stack";

/** A job of AWS takes minutes; one of the emulator takes no time. */
const longestPauseSeconds = 15;
const longestLocalPauseSeconds = 0.2;

/**
 * The stack in the account of the user's credentials, or in the emulator of this machine.
 * @throws Failure when the stack has no file, or with `--local` when no emulator runs; InvalidSettingsError
 */
export async function openStack(
  invocation: Pick<Invocation, "stack" | "local" | "folder" | "settings">,
): Promise<Stack> {
  const { stack: name, local } = invocation;
  const folders = foldersFor(invocation);
  const { region } = await readStackFile(folders, name);
  if (!local) {
    const { projectName: project } = await readProjectFile(folders.project);
    return { project, name, region, clients: siteClients({ region }), longestPauseSeconds };
  }
  const emulator = await emulatorStatus(emulatorFolder(folders));
  if (!emulator.running) {
    throw new Failure(
      `The emulator in ${folders.local} is not running, so the stack ${name} does not exist on this machine.`,
      `Create it: npm run local -- --stack ${name}`,
    );
  }
  const credentials = { accessKeyId: accountIdOf(name), secretAccessKey: "emulator" };
  const clients = siteClients({ region, endpoint: emulator.endpoint, credentials });
  return { project: projectName, name, region, clients, longestPauseSeconds: longestLocalPauseSeconds };
}
