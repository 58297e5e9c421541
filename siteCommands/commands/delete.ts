import { Failure } from "../../cli/failure";
import type { Context } from "../context";
import { chosenPair } from "../pair/choose";
import { findPairs } from "../pair/parts";
import { removePair } from "../pair/remove";

/** Deletes one backup. */
export async function deleteBackup(context: Context): Promise<void> {
  const { confirm, conclude, invocation, learn, stack } = context;
  const pair = chosenPair(await findPairs(stack), invocation.subject, stack.name);
  if (!(await confirm(`Delete the backup ${pair.id} of ${stack.name}? It cannot be undone.`))) {
    throw new Failure("Nothing was deleted.", "Answer y to delete the backup.");
  }
  await removePair(stack, pair);
  learn({ deleted: [pair.id] });
  conclude(`Deleted the backup ${pair.id}.`);
}
