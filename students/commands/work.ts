import { availableParallelism } from "node:os";

import { Failure } from "../../cli/failure";
import { sharedCache } from "../../cli/sharedCache";
import { startEmulatorIn } from "../../engine/emulator";
import { emulatorFolder, foldersOf } from "../../engine/folders";
import { loadPacks } from "../../engine/policyPacks";
import { findPulumi } from "../../engine/pulumiCli/command";
import { startClock } from "../../localAws/clock";
import { type RunningEmulator } from "../../localAws/emulator";
import { packsForStack } from "../../policies/stackPacks";
import { repository, type ClassRun } from "../classRun";
import { runAll } from "../pool/pool";
import { startWorker, type Ended, type Worker } from "../pool/worker";
import { classSettingsStack, stackConfig } from "../settings/classSettings";
import { merge } from "../settings/merge";
import type { StudentStack } from "../settings/studentSettings";
import { keepsSecrets } from "../state/backendUrl";
import { classView } from "../ui/classView";
import type { Operation, Task } from "../work/task";
import type { CommandContext } from "./context";

/** Works on several stacks at once. @returns the results of the started ones, by id */
export async function workOn(
  context: CommandContext,
  operation: Operation,
  stacks: readonly StudentStack[],
): Promise<ReadonlyMap<string, Ended>> {
  const { invocation, run, screen, steps, stop } = context;
  if (stacks.length === 0) return new Map();
  if (!invocation.local && (run.state.url === undefined || !keepsSecrets(run.state.url))) {
    needPassphrase(process.env);
  }
  // Each worker serves the packs; a problem with them is reported once, here.
  await loadPacks(packsForStack(classSettingsStack));
  const emulator = invocation.local
    ? await startEmulatorIn({
        folders: foldersOf({ repository, local: run.localFolder }),
        port: invocation.port,
        steps,
        screen,
      })
    : undefined;
  await findPulumi(sharedCache(process.env), steps);
  const workers = new Set<Worker>();
  context.onSignal((name) => {
    for (const worker of workers) worker.signal(name);
  });
  const view = classView(
    screen,
    stacks.map(({ student }) => student),
  );
  try {
    const endings = await runAll(
      stacks.map((stack) => taskOf(operation, stack, run, emulator)),
      {
        size: invocation.parallel ?? availableParallelism(),
        startWorker: () => {
          const worker = startWorker();
          workers.add(worker);
          return worker;
        },
        listener: view,
        stop,
      },
    );
    if (emulator !== undefined && startsServers.has(operation)) await keepTime(run, emulator);
    return endings;
  } finally {
    view.close();
  }
}

/** After these operations, schedules fire and groups follow their load. */
const startsServers: ReadonlySet<Operation> = new Set(["up", "resume"]);

/** Not before the end: the clock reads every account that changes. */
async function keepTime({ localFolder }: ClassRun, { endpoint }: RunningEmulator): Promise<void> {
  await startClock({ endpoint, folder: emulatorFolder(foldersOf({ repository, local: localFolder })) });
}

/** Pulumi encrypts the secrets of a real stack's state with the passphrase. */
function needPassphrase(environment: NodeJS.ProcessEnv): void {
  const { PULUMI_CONFIG_PASSPHRASE: phrase, PULUMI_CONFIG_PASSPHRASE_FILE: file } = environment;
  if (phrase !== undefined || file !== undefined) return;
  throw new Failure(
    "The passphrase for the secrets in the students' stacks is missing.",
    "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE, to the same value for every run of this class.",
  );
}

function taskOf(
  operation: Operation,
  { student, region, groups }: StudentStack,
  { place, localFolder, accountOf }: ClassRun,
  emulator: RunningEmulator | undefined,
): Task {
  const { id, credentials } = student;
  const accountId = accountOf(student);
  // The launcher starts servers, too.
  const paused = operation === "pause" ? { fleet: { paused: true }, launcher: { enabled: false } } : {};
  return {
    operation,
    id,
    region,
    config: stackConfig(region, merge(groups, paused)),
    className: place.className,
    folder: place.ofStudent(id),
    localFolder,
    place:
      emulator !== undefined && accountId !== undefined
        ? { kind: "local", accountId, emulator }
        : {
            kind: "aws",
            ...(accountId === undefined ? {} : { accountId }),
            ...(credentials === undefined ? {} : { credentials }),
          },
  };
}
