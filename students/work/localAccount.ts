import type { Steps } from "../../cli/steps";
import { settingsIn } from "../../components/settings/namespace";
import { stackSettings } from "../../config";
import type { Folders } from "../../engine/folders";
import { openStackSession } from "../../engine/stackSession";
import { changing, findMismatch } from "../../local/recover";
import type { Session } from "../../local/session";
import { emulatorApi } from "../../localAws/emulator";
import { prerequisitesOf, deletePrerequisites } from "../../localAws/prerequisites";
import { awsClients } from "../../localAws/providers/aws/clients";
import type { Account } from "./account";
import { policyPacksIn } from "./policyPacks";
import { pulumiCommand } from "./pulumiCommand";
import type { Task } from "./task";

type LocalPlace = Extract<Task["place"], { readonly kind: "local" }>;

/** What opened it has to close again, last first. */
export type Closing = (() => unknown)[];

/** A student's account in the emulator, one of their own, with their stack open in it. */
export async function openLocalAccount(
  task: Task,
  { accountId, emulator }: LocalPlace,
  folders: Folders,
  steps: Steps,
  closing: Closing,
): Promise<Account> {
  const { id } = task;
  const command = await pulumiCommand(steps);
  const opened = await openStackSession({ folders, stackName: id, accountId, command, emulator }, closing);
  const session: Session = { ...opened, policyPacks: await policyPacksIn(task.folder) };
  const { target } = session;
  const { newEmulator, killed } = await findMismatch(session);
  return {
    accountId,
    session,
    settings: stackSettings.parse(settingsIn(task.config)),
    isOutOfStep: newEmulator || killed,
    changing: (context, work) => changing(context, session, work),
    // What a lab has was put there when the stack was opened.
    prepare: () => Promise.resolve(),
    databases: awsClients(target).rds,
    leftovers: async () => {
      await deletePrerequisites(target, prerequisitesOf(session.config));
      const emulated = emulatorApi(target.endpoint);
      const left = await emulated.resources(accountId);
      // What moto makes of each account by itself would stay in its memory, for each student there ever was.
      if (left.length === 0) await emulated.reset(accountId);
      return left.map(({ service, type, id: name, region: where }) => ({
        what: `${service} ${type} ${name} in ${where}`,
      }));
    },
  };
}
