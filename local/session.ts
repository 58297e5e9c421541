import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Failure } from "../cli/failure";
import { tryLock, type Holder } from "../cli/lock";
import type { Screen } from "../cli/screen";
import { sharedCache } from "../cli/sharedCache";
import type { Steps } from "../cli/steps";
import type { SettledFile } from "../config";
import { startEmulatorIn } from "../engine/emulator";
import { type Folders } from "../engine/folders";
import { servePacks } from "../engine/policyPacks";
import { findPulumi } from "../engine/pulumiCli/command";
import { readStackFile } from "../engine/settingsFile";
import { openStackSession, type StackSession } from "../engine/stackSession";
import { accountIdOf } from "../localAws/accounts";
import type { StackPack } from "../policies/stackPacks";

/** The parts that a command needs to work on one stack with the real engine. */
export interface Session extends StackSession {
  /** The values of `--policy-pack` for the packs that apply to the stack. */
  readonly policyPacks: readonly string[];
}

export interface SessionOptions {
  readonly folders: Folders;
  readonly stackName: string;
  readonly port: number | undefined;
  /** The policy packs that apply to this run. */
  readonly packs: readonly StackPack[];
  /** The activity that another run reports, e.g. `runs up`. */
  readonly doing: string;
  readonly steps: Steps;
  readonly screen: Pick<Screen, "print">;
}

/**
 * Sets up the parts that a command needs, in parallel where possible, and closes them after the work: the CLI, the
 * emulator, the policy packs, the providers, the stack.
 *
 * @throws Failure when there is no such stack, when a part is not available, or when another run works on the stack
 */
export async function withSession<T>(
  options: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { folders, stackName, doing } = options;
  const settled = await readStackFile(folders, stackName);
  const lock = await tryLock(path.join(folders.local, "locks", `${stackName}.json`), doing);
  if (!("release" in lock)) throw stackInUse(stackName, lock);
  const closing: (() => unknown)[] = [() => lock.release()];
  try {
    return await work(await open(options, settled, closing));
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

/** Adds each part to `closing` as soon as it is open, so that a failure of the rest leaves nothing open. */
async function open(
  options: SessionOptions,
  settled: SettledFile,
  closing: (() => unknown)[],
): Promise<Session> {
  const { folders, stackName, port, packs, steps, screen } = options;
  const starting = Promise.all([
    findPulumi(sharedCache(process.env), steps),
    startEmulatorIn({ folders, port, steps, screen }),
  ]);
  // Loading keeps this process busy, so the emulator starts at the same time.
  await Promise.race([starting, sleep(headStartMilliseconds)]);
  const engine = await import("../engine/engine.ts");
  const parts = [servePacks(packs), starting] as const;
  // Waits, because nothing may start while the parts are closed.
  const [settledPacks] = await Promise.allSettled(parts);
  if (settledPacks.status === "fulfilled") closing.push(settledPacks.value.stop);
  const [served, [command, emulator]] = await Promise.all(parts);
  const policyPacks = await served.policyPacksIn(path.join(folders.stacks, stackName));
  const accountId = accountIdOf(stackName);
  const session = await openStackSession(
    { folders, stackName, accountId, command, emulator, settled },
    closing,
  );
  engine.loadWhileEngineStarts();
  return { ...session, policyPacks };
}

/** Enough time to find a running emulator or to start its process. */
const headStartMilliseconds = 50;

function stackInUse(stackName: string, { pid, doing, since }: Holder): Failure {
  return new Failure(
    `Process ${pid} ${doing} on the stack ${stackName}, since ${since}.`,
    "Wait for it to end, or stop it with Ctrl-C in its terminal.",
  );
}
