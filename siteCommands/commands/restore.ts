import path from "node:path";

import { exitStatus } from "../../cli/commandProcess";
import { Failure } from "../../cli/failure";
import { passThrough, type OtherProgram } from "../../cli/passThrough";
import { settingsFile } from "../../engine/settingsFile";
import type { Invocation } from "../commandLine";
import type { Context } from "../context";
import { localRun } from "../localRun";
import { chosenPair, requireComplete } from "../pair/choose";
import type { Pair } from "../pair/pair";
import { findPairs } from "../pair/parts";
import { restoreUploads } from "../pair/restoreUploads";
import { takePair } from "../pair/take";
import { pairFacts } from "../pair/text";
import { findFileSystem } from "../stack/content";
import { foldersFor } from "../stack/folders";
import { requireReplaceable, setRestoreFrom } from "../stack/settingsEdit";

/**
 * Replaces the stack's database by one with a backup's content, and puts the backup's uploads beside the present ones.
 * The old database serves until the new servers are healthy.
 * @returns the exit status of the update
 */
export async function restore(context: Context): Promise<number> {
  const { confirm, interrupt, invocation, screen, stack } = context;
  const file = path.join(foldersFor(invocation).project, settingsFile(stack.name));
  const pair = chosenPair(await findPairs(stack), invocation.subject, stack.name);
  requireComplete(pair);
  await requireReplaceable(file);
  const question = `Replace the content of ${stack.name} by the backup ${pair.id} of ${pair.startedAt.toISOString()}?`;
  if (!(await confirm(question)))
    throw new Failure("Nothing was changed.", "Answer y to restore the backup.");

  const { snapshot } = pair;
  if (snapshot === undefined) throw new Error(`the complete backup ${pair.id} has no snapshot`);
  const status = await interrupt.finishing(async () => {
    await keepPresent(context);
    await uploadsBeside(context, pair);
    await setRestoreFrom(file, snapshot.name);
    screen.print(`database.restoreFrom in ${file}: ${snapshot.name}`);
    return passThrough(updateOf(invocation));
  });
  context.learn({ restored: pairFacts(pair), file });
  if (status !== exitStatus.ok) {
    throw new Failure(
      `The update ended with exit status ${String(status)}. The old database remains until an update succeeds.`,
      "Fix its error, then run the update again; or set database.restoreFrom back, if it had a value.",
    );
  }
  return status;
}

/** A backup of what the restore replaces: the way back. */
async function keepPresent({ interrupt, invocation, learn, screen, stack, steps }: Context): Promise<void> {
  if (!invocation.backupFirst) return;
  const present = await steps.run("Backup of the present content", (say) =>
    takePair(stack, { roleArn: invocation.role, signal: interrupt.signal, say }),
  );
  learn({ before: pairFacts(present) });
  screen.print(`The way back: npm run site -- restore ${present.id} --stack ${stack.name}`);
}

async function uploadsBeside(context: Context, { uploads }: Pair): Promise<void> {
  const { interrupt, invocation, screen, stack, steps } = context;
  if (uploads === undefined) return;
  const fileSystem = await findFileSystem(stack);
  if (fileSystem === undefined) {
    screen.print("The stack has no shared uploads, so the backup's uploads are not restored.");
    return;
  }
  await steps.run("Restore of the uploads", (say) =>
    restoreUploads(stack, fileSystem, {
      point: uploads.arn,
      roleArn: invocation.role,
      signal: interrupt.signal,
      say,
    }),
  );
  screen.print(
    "The backup's uploads are in the folder aws-backup-restore_<time> beside the present ones. docs/backups.md shows how to put them in place.",
  );
}

/** `npm run local`, or the Pulumi CLI of the user. */
function updateOf(invocation: Invocation): OtherProgram {
  const { stack, local } = invocation;
  if (local) return localRun(invocation, ["up"]);
  const words = ["up", "--stack", stack, ...(process.stdin.isTTY ? [] : ["--yes"])];
  return { command: "pulumi", words, environment: process.env, folder: foldersFor(invocation).project };
}
