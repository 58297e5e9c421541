import { MachineFailure } from "../cli/machineFailure";
import { runEngine, type EngineContext } from "../engine/engineRun";
import { emulatorApi } from "../localAws/emulator";
import { createPrerequisites, prerequisitesOf } from "../localAws/prerequisites";
import { localCommand, type OptionsInForce } from "./localCommand";
import { readRecord, writeRecord } from "./record";
import type { Session } from "./session";

/** The differences between Pulumi's state and the emulator. */
export interface Mismatch {
  /** The emulator was restarted since the last run: it has none of the stack's resources. */
  readonly newEmulator: boolean;
  /** The last run was killed: the emulator may have resources that Pulumi's state lacks. */
  readonly killed: boolean;
}

/** Compares the record of the stack's last run with the emulator. */
export async function findMismatch({ folders, stackName, before, emulator }: Session): Promise<Mismatch> {
  const hasResources = (before?.resources.length ?? 0) > 0;
  const record = await readRecord(folders, stackName);
  return {
    newEmulator: hasResources && record?.bootId !== emulator.bootId,
    killed: (before?.interrupted.length ?? 0) > 0 || record?.unfinished === true,
  };
}

/**
 * A warning for commands that change nothing, printed before their result; `undefined` when state and emulator agree.
 */
export function mismatchText(
  { before, target }: Session,
  { newEmulator, killed }: Mismatch,
  options: OptionsInForce,
): string | undefined {
  const count = before?.resources.length ?? 0;
  if (newEmulator) {
    return `The emulator that had the stack's ${count} resources has ended, and they are lost. To create them again: ${localCommand(options)}`;
  }
  if (!killed) return undefined;
  return `The last run was killed. To empty the account ${target.accountId} and create the stack again: ${localCommand(options)}`;
}

/**
 * Makes Pulumi's state and the emulator agree, as a killed run or emulator may have left them different, then does
 * work that changes the stack. If this run is killed, its record shows that to the next run.
 */
export async function changing<T>(
  context: EngineContext,
  session: Session,
  work: () => Promise<T>,
): Promise<T> {
  const { folders, stackName, emulator } = session;
  const record = (unfinished: boolean) =>
    writeRecord(folders, stackName, { bootId: emulator.bootId, unfinished });
  return context.interrupt.finishing(async () => {
    await recover(context, session);
    await record(true);
    let isCutOff = false;
    try {
      return await work();
    } catch (error) {
      isCutOff = error instanceof MachineFailure;
      throw error;
    } finally {
      if (!isCutOff) await record(false);
    }
  });
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
