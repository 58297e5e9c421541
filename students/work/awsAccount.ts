import { EC2 } from "@aws-sdk/client-ec2";
import { RDS } from "@aws-sdk/client-rds";

import { Failure } from "../../cli/failure";
import type { Steps } from "../../cli/steps";
import { settingsIn } from "../../components/settings/namespace";
import { forAccount } from "../../components/settings/placeholderAccount";
import { stackSettings, wantsConnectEndpoint, type StackSettings } from "../../config";
import { copySettings, countedProgram, openWithFewCommands } from "../../engine/engine";
import { runEngine } from "../../engine/engineRun";
import type { Folders } from "../../engine/folders";
import { projectName } from "../../engine/settingsFile";
import { collectCreations } from "../../engine/sources/creations";
import type { StateBackend } from "../../engine/stateBackend";
import { accountClients } from "../account/clients";
import { accountLimits } from "../account/pace";
import { askingAlone } from "../account/questions";
import { imports } from "../adopt/importing";
import { engineEnvironment } from "../credentials/engineEnvironment";
import type { Credentials } from "../credentials/resolve";
import { accountOf, askAccount } from "../preflight/ask";
import { judge, type Finding } from "../preflight/judge";
import type { Account, StudentSession } from "./account";
import { taggedResources } from "./leftovers";
import { policyPacksIn } from "./policyPacks";
import { pulumiCommand } from "./pulumiCommand";
import { writeSettings } from "./studentFolders";
import type { Task } from "./task";

/** A student's real account, with the stack open in it. Only the engine's process gets the credentials. */
export async function openAwsAccount(
  task: Task,
  wantedAccountId: string | undefined,
  credentials: Credentials,
  backend: StateBackend,
  folders: Folders,
  steps: Steps,
  onNote: (note: string) => void,
): Promise<Account> {
  const { id, region } = task;
  const client = { region, credentials };
  const accountId = await steps.run("reading the account's id", () => accountOf(client));
  const config = forAccount(task.config, accountId);
  await writeSettings(folders, { ...task, config });
  const wanted = stackSettings.parse(settingsIn(config));
  const command = await pulumiCommand(steps);
  await backend.recover(id);
  const before = await backend.read(id);
  const settings = await copySettings(folders, id, accountId, command);

  const importing = imports();
  const creations = collectCreations(folders.repository);
  let registered: () => void = () => undefined;
  const stack = await openWithFewCommands(
    { folders, projectName, stackName: id, backend },
    {
      workDir: settings.folder,
      pulumiCommand: command,
      program: countedProgram(
        (resource) => {
          registered();
          if (task.operation === "judge-preview") creations.onResource(resource);
        },
        task.operation === "adopt" ? importing.transform : undefined,
      ),
      envVars: engineEnvironment(credentials, region),
    },
  );
  const session: StudentSession = {
    folders,
    stackName: id,
    before,
    policyPacks: await policyPacksIn(task.folder),
    stack,
    backend,
    onRegistration: (listener) => {
      registered = listener;
    },
  };
  const interrupted = before?.interrupted ?? [];
  return {
    accountId,
    session,
    settings: wanted,
    isOutOfStep: interrupted.length > 0,
    lineOf: creations.lineOf,
    changing: async (context, work) => {
      if (interrupted.length > 0) {
        onNote(
          `The last run was interrupted at ${interrupted.map(({ urn }) => urn.split("::").at(-1) ?? urn).join(", ")}: ` +
            `check in the console that none of these with the tag Stack=${id} exists twice.`,
        );
        await runEngine(context, session, {
          title: "checking what remains of the interrupted run",
          quiet: true,
          run: (options) => stack.refresh({ ...options, clearPendingCreates: true }),
        });
      }
      return work();
    },
    prepare: async () => {
      const facts = await askAccount(client, accountId, wanted);
      const findings = judge(facts, wantedOf(wantedAccountId, region, wanted, before), new Date());
      for (const { kind, text, remedy } of findings) if (kind === "note") onNote(`${text} ${remedy}`);
      refuse(findings.filter(({ kind }) => kind === "problem"));
    },
    adoption: {
      session,
      imports: importing,
      clients: accountClients(client, askingAlone(accountLimits)),
      queueUrls: process.env["AWS_ENDPOINT_URL"] ?? `https://sqs.${region}.amazonaws.com`,
    },
    launches: { ec2: () => Promise.resolve(new EC2(client)) },
    databases: () => Promise.resolve(new RDS(client)),
    leftovers: () => taggedResources(client, id),
  };
}

/** The builder instance, while an image is baked. */
const imageBuilders = 1;

function wantedOf(
  accountId: string | undefined,
  region: string,
  settings: StackSettings,
  before: StudentSession["before"],
) {
  const { fleet, launcher, network } = settings;
  const elasticIps = { none: 0, single: 1, perAz: 2 };
  return {
    accountId,
    region,
    isNew: (before?.resources.length ?? 0) === 0,
    servers:
      fleet.capacity.max + launcher.maxRunningServers + (fleet.image.source === "bake" ? imageBuilders : 0),
    bakesImage: fleet.image.source === "bake",
    elasticIps: elasticIps[network.natGateways],
    connectEndpoint: wantsConnectEndpoint(settings),
  };
}

function refuse(problems: readonly Finding[]): void {
  if (problems.length === 0) return;
  throw new Failure(
    `The account is not ready; nothing was changed.\n${problems.map(({ text, remedy }) => `  ${text} ${remedy}`).join("\n")}`,
    "Then run this again.",
  );
}
