import { stackSettings } from "../../config";
import { emulatorApi } from "../../local/emulator";
import { countedProgram, copySettings, openStack, serveProviders } from "../../local/engine";
import { sharedCache, type Folders } from "../../local/folders";
import { awsClients } from "../../local/providers/aws/clients";
import { readCheckpoint } from "../../local/pulumi/checkpoint";
import { findPulumi } from "../../local/pulumi/command";
import { clearDeadLocks } from "../../local/pulumi/engineLock";
import { changing, findMismatch } from "../../local/recover";
import { projectName, type Session } from "../../local/session";
import type { Steps } from "../../local/ui/steps";
import { groupsOf } from "../settings/classSettings";
import type { Account } from "./account";
import { furnishLab, unfurnishLab } from "./labFurniture";
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
  const { id, region, policyPacks } = task;
  const target = { endpoint: emulator.endpoint, region, accountId };
  const command = await findPulumi(sharedCache(process.env), steps);
  await clearDeadLocks(folders, projectName, id);
  const before = await readCheckpoint(folders, projectName, id);
  const settings = await copySettings(folders, id, command);
  const providers = await serveProviders(target);
  closing.push(providers.close);

  let registered: () => void = () => undefined;
  const stack = await openStack({
    folders,
    stackName: id,
    projectName,
    settingsFolder: settings.folder,
    command,
    providers: { aws: providers.aws, awsx: providers.awsx },
    program: countedProgram(() => {
      registered();
    }),
  });
  const session: Session = {
    folders,
    stackName: id,
    target,
    emulator,
    before,
    policyPacks,
    policyPackConfigs: [],
    config: settings.config,
    stack,
    onRegistration: (listener) => {
      registered = listener;
    },
  };
  const { newEmulator, killed } = await findMismatch(session);
  return {
    accountId,
    session,
    settings: stackSettings.parse(groupsOf(task.config)),
    isOutOfStep: newEmulator || killed,
    changing: (context, work) => changing(context, session, work),
    prepare: () => furnishLab(target),
    databases: awsClients(target).rds,
    groups: awsClients(target).autoScaling,
    leftovers: async () => {
      await unfurnishLab(target);
      const left = await emulatorApi(target.endpoint).resources(accountId);
      return left.map(({ service, type, id: name, region: where }) => ({
        what: `${service} ${type} ${name} in ${where}`,
      }));
    },
  };
}
