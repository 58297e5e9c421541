import { runEngine, type EngineContext } from "../engine/engineRun";
import { emulatorApi } from "../localAws/emulator";
import { createPrerequisites, prerequisitesOf } from "../localAws/prerequisites";
import { readRecord, writeRecord } from "./record";
import type { Session } from "./session";

/** What stands between Pulumi's memory and the emulator. */
export interface Mismatch {
  /** The emulator was started anew since the last run: it knows nothing of the stack's resources. */
  readonly newEmulator: boolean;
  /** The last run was killed: what it was creating may be in the emulator, under names that nobody knows. */
  readonly killed: boolean;
}

/** Compares what the stack's last run left with what is there now. */
export async function findMismatch({ folders, stackName, before, emulator }: Session): Promise<Mismatch> {
  const remembersSomething = (before?.resources.length ?? 0) > 0;
  const record = await readRecord(folders, stackName);
  return {
    newEmulator: remembersSomething && record?.bootId !== emulator.bootId,
    killed: (before?.interrupted.length ?? 0) > 0 || record?.unfinished === true,
  };
}

/** What a user must know before the result of a command that changes nothing; `undefined` when all is in step. */
export function mismatchText(
  { before, target }: Session,
  { newEmulator, killed }: Mismatch,
): string | undefined {
  const count = before?.resources.length ?? 0;
  if (newEmulator) {
    return `The emulator that had the stack's ${count} resources has ended, and they are lost: npm run local creates them again.`;
  }
  if (!killed) return undefined;
  return `The last run was killed: npm run local empties the account ${target.accountId} and creates the stack again.`;
}

/**
 * Does work that changes the stack, once Pulumi's memory is in step with the emulator: a run or an emulator
 * that was killed may have left them apart. Should this run be killed too, the next one will know.
 */
export async function changing<T>(
  context: EngineContext,
  session: Session,
  work: () => Promise<T>,
): Promise<T> {
  const { folders, stackName, emulator } = session;
  const record = (unfinished: boolean) =>
    writeRecord(folders, stackName, { bootId: emulator.bootId, unfinished });
  await recover(context, session);
  await record(true);
  try {
    return await work();
  } finally {
    await record(false);
  }
}

async function recover(context: EngineContext, session: Session): Promise<void> {
  const { stackName, target, config, stack } = session;
  const { newEmulator, killed } = await findMismatch(session);
  if (newEmulator) {
    context.screen.print("The emulator has been restarted and has none of the stack's resources.");
  } else if (killed) {
    context.screen.print(
      `The last run was killed. Emptying the account ${target.accountId}, which may have resources that Pulumi does not know.`,
    );
    await emulatorApi(target.endpoint).reset(target.accountId);
    await createPrerequisites(target, prerequisitesOf(config));
  }
  if (newEmulator || killed) {
    await runEngine(context, session, {
      title: `Checking what remains of the stack ${stackName}`,
      quiet: true,
      run: (options) => stack.refresh({ ...options, clearPendingCreates: true }),
    });
  }
}
