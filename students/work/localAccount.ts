import type { Steps } from "../../cli/steps";
import { settingsIn } from "../../components/settings/namespace";
import { stackSettings } from "../../config";
import type { Folders } from "../../engine/folders";
import { collectCreations } from "../../engine/sources/creations";
import { openStackSession } from "../../engine/stackSession";
import type { StateBackend } from "../../engine/stateBackend";
import { emulatedLaunches } from "../../local/launches";
import { changing, findMismatch } from "../../local/recover";
import type { Session } from "../../local/session";
import { emulatorApi } from "../../localAws/emulator";
import { prerequisitesOf, deletePrerequisites } from "../../localAws/prerequisites";
import { awsClients } from "../../localAws/providers/aws/clients";
import { accountClients } from "../account/clients";
import { emulatorLimits } from "../account/pace";
import { askingAlone } from "../account/questions";
import { imports } from "../adopt/importing";
import type { Account } from "./account";
import { policyPacksIn } from "./policyPacks";
import { pulumiCommand } from "./pulumiCommand";
import type { Task } from "./task";

type LocalPlace = Extract<Task["place"], { readonly kind: "local" }>;

/** The parts to close, the last one first. */
export type Closing = (() => unknown)[];

/** A student's own account in the emulator, with the stack open in it. */
export async function openLocalAccount(
  task: Task,
  { accountId, emulator }: LocalPlace,
  backend: StateBackend,
  folders: Folders,
  steps: Steps,
  closing: Closing,
): Promise<Account> {
  const { id } = task;
  const command = await pulumiCommand(steps);
  const importing = imports();
  const { onResource, lineOf } = collectCreations(folders.repository);
  const opened = await openStackSession(
    {
      ...{ folders, stackName: id, accountId, command, emulator, backend },
      ...(task.operation === "judge-preview" ? { onResource } : {}),
      ...(task.operation === "adopt" ? { transform: importing.transform } : {}),
    },
    closing,
  );
  const session: Session = { ...opened, policyPacks: await policyPacksIn(task.folder) };
  const { target } = session;
  const { newEmulator, killed } = await findMismatch(session);
  return {
    accountId,
    session,
    settings: stackSettings.parse(settingsIn(task.config)),
    isOutOfStep: newEmulator || killed,
    lineOf,
    changing: (context, work) => changing(context, session, work),
    // The session created a lab's prerequisites when it opened the stack.
    prepare: () => Promise.resolve(),
    adoption: {
      session,
      imports: importing,
      clients: accountClients(clientOf(target), askingAlone(emulatorLimits)),
      queueUrls: target.endpoint,
    },
    launches: emulatedLaunches(target),
    databases: awsClients(target).rds,
    leftovers: async () => {
      await deletePrerequisites(target, prerequisitesOf(session.config));
      const emulated = emulatorApi(target.endpoint);
      const left = await emulated.resources(accountId);
      // moto creates default resources in each account, which would stay in its memory for every student.
      if (left.length === 0) await emulated.reset(accountId);
      return left.map(({ service, type, id: name, region: where }) => ({
        what: `${service} ${type} ${name} in ${where}`,
      }));
    },
  };
}

/** Any secret is right for the emulator's own accounts. */
function clientOf({ endpoint, region, accountId }: Session["target"]) {
  return { endpoint, region, credentials: { accessKeyId: accountId, secretAccessKey: "local" } };
}
