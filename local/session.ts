import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Failure } from "../cli/failure";
import { tryLock, type Holder } from "../cli/lock";
import type { Steps } from "../cli/steps";
import { emulatorFolder, sharedCache, type Folders } from "../engine/folders";
import { servePacks } from "../engine/policyPacks";
import { findPulumi } from "../engine/pulumiCli/command";
import { readStackFile } from "../engine/settingsFile";
import { openStackSession, type StackSession } from "../engine/stackSession";
import { accountIdOf } from "../localAws/accounts";
import { startEmulator, type RunningEmulator } from "../localAws/emulator";
import type { StackPack } from "../policies/stackPacks";

/** Everything a command needs to work on one stack with the real engine. */
export interface Session extends StackSession {
  /** What `--policy-pack` takes of the packs that hold the stack. */
  readonly policyPacks: readonly string[];
}

export interface SessionOptions {
  readonly folders: Folders;
  readonly stackName: string;
  readonly port: number | undefined;
  /** The policy packs that are to hold this run. */
  readonly packs: readonly StackPack[];
  readonly doing: string;
  readonly steps: Steps;
}

/**
 * Sets up what a command needs, side by side where it can, and takes it down again when the work is done:
 * the CLI, the emulator, the policy packs, the providers, the stack.
 *
 * @throws Failure when there is no such stack, when a part cannot be had, or another run works on the stack
 */
export async function withSession<T>(
  options: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { folders, stackName, doing } = options;
  await readStackFile(folders, stackName);
  const lock = await tryLock(path.join(folders.local, "locks", `${stackName}.json`), doing);
  if (!("release" in lock)) throw heldBy(stackName, lock);
  const closing: (() => unknown)[] = [() => lock.release()];
  try {
    return await work(await open(options, closing));
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

/** Whatever has to be closed is put on `closing` at once, so that a failure of the rest leaves nothing open. */
async function open(options: SessionOptions, closing: (() => unknown)[]): Promise<Session> {
  const { folders, stackName, port, packs, steps } = options;
  const starting = Promise.all([
    findPulumi(sharedCache(process.env), steps),
    startEmulatorIn(folders, port, steps),
  ]);
  // Loading keeps this process busy: an emulator that has to be started should be on its way by then.
  await Promise.race([starting, sleep(headStartMilliseconds)]);
  const engine = await import("../engine/engine.ts");
  const parts = [servePacks(packs), starting] as const;
  // Nothing may start once the rest is being closed.
  const [settledPacks] = await Promise.allSettled(parts);
  if (settledPacks.status === "fulfilled") closing.push(settledPacks.value.stop);
  const [served, [command, emulator]] = await Promise.all(parts);
  const policyPacks = await served.policyPacksIn(path.join(folders.stacks, stackName));
  const accountId = accountIdOf(stackName);
  const session = await openStackSession({ folders, stackName, accountId, command, emulator }, closing);
  engine.loadWhileEngineStarts();
  return { ...session, policyPacks };
}

/** Long enough to find an emulator that runs, or to start one. */
const headStartMilliseconds = 50;

function startEmulatorIn(folders: Folders, port: number | undefined, steps: Steps): Promise<RunningEmulator> {
  return steps.run("Emulator", (report) =>
    startEmulator({
      report,
      folder: emulatorFolder(folders),
      ...(port === undefined ? {} : { port }),
    }),
  );
}

function heldBy(stackName: string, { pid, doing, since }: Holder): Failure {
  return new Failure(
    `Process ${pid} ${doing} on the stack ${stackName}, since ${since}.`,
    "Wait for it, or end it with Ctrl-C where it runs.",
  );
}
