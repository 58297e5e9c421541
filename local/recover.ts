import type { Context } from "./context";
import { emulatorApi } from "./emulator";
import { runEngine } from "./engineRun";
import { readRecord, writeRecord } from "./record";
import type { Session } from "./session";

/** What stands between Pulumi's memory and the emulator. */
export interface Mismatch {
  /** The emulator was started anew since the last run: it knows nothing of the stack's resources. */
  readonly newEmulator: boolean;
  /** An engine was killed while it worked on resources. */
  readonly interrupted: boolean;
  /** It was creating some: they may be in the emulator, under names that nobody knows. */
  readonly creating: boolean;
}

/** Compares what the stack's last run left with what is there now. */
export async function findMismatch({ folders, stackName, before, emulator }: Session): Promise<Mismatch> {
  const interrupted = before?.interrupted ?? [];
  const remembersSomething = (before?.resources.length ?? 0) > 0;
  const record = await readRecord(folders, stackName);
  return {
    newEmulator: remembersSomething && record?.bootId !== emulator.bootId,
    interrupted: interrupted.length > 0,
    creating: interrupted.some(({ operation }) => operation === "creating"),
  };
}

/**
 * Brings Pulumi's memory in step with the emulator after a run or an emulator was killed, so that the next
 * operation starts from what is there.
 */
export async function recover(context: Context, session: Session): Promise<void> {
  const { stackName, target, stack, folders, emulator } = session;
  const mismatch = await findMismatch(session);
  if (mismatch.creating) {
    context.screen.print(
      `The last run was killed while it made resources: the account ${target.accountId} is emptied and built anew.`,
    );
    await emulatorApi(target.endpoint).reset(target.accountId);
  } else if (mismatch.newEmulator) {
    context.screen.print("The emulator was started anew: what was in it is built again.");
  }
  if (mismatch.newEmulator || mismatch.interrupted) {
    await runEngine(context, session, {
      title: `Looking what is left of the stack ${stackName}`,
      run: (options) => stack.refresh({ ...options, clearPendingCreates: true }),
    });
  }
  await writeRecord(folders, stackName, { bootId: emulator.bootId });
}
